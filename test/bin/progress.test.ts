import { expect, test } from "vitest";
import { ApplyTracker } from "../../bin/render/apply-tracker.js";
import { ProgressView } from "../../bin/render/progress.js";
import type { EngineEvent, PlanSummary } from "../../operations/context.js";
import { recordingTerminal } from "./recording-terminal.js";

const summary: PlanSummary = {
  counts: { destroy: 1, replace: 1, forget: 0, update: 0, create: 1, move: 0 },
  ...{ changes: [], outputs: [], drift: [] },
};
type ApplyType = "apply_start" | "apply_progress" | "apply_complete" | "apply_errored";
const event = (type: ApplyType, name: string, action: string, elapsedSeconds = 0): EngineEvent => ({
  ...{ type, action, elapsedSeconds },
  resource: { address: `aws_x.${name}`, type: "aws_x", name },
});

test("an apply is counted, and what is under way is listed with its time", () => {
  let now = 0;
  const tracker = new ApplyTracker(summary, () => now);
  expect(tracker.take(event("apply_start", "a", "create"))).toBeUndefined();
  expect(tracker.take(event("apply_start", "data", "read"))).toBeUndefined();
  now = 1_500;
  expect(tracker.lines(80)).toEqual(["  + aws_x.a creating 1.5 s", "  0/4 done, 1.5 s"]);
  expect(tracker.take(event("apply_progress", "a", "create", 10))).toMatchObject({
    word: "still creating",
    seconds: 10,
  });
  expect(tracker.take(event("apply_complete", "a", "create", 12))).toEqual({
    ...{ address: "aws_x.a", sign: "+", word: "created", seconds: 12, failed: false, count: "1/4" },
  });
  tracker.take(event("apply_start", "b", "delete"));
  expect(tracker.take(event("apply_errored", "b", "delete"))).toMatchObject({ failed: true, word: "failed" });
  expect(tracker.lines(80)).toEqual(["  1/4 done, 1 failed, 1.5 s"]);
});

test("a long list of what is under way is cut short", () => {
  const tracker = new ApplyTracker(summary, () => 0);
  for (let i = 0; i < 12; i++) tracker.take(event("apply_start", `r${i}`, "create"));
  expect(tracker.lines(80)).toHaveLength(10);
  expect(tracker.lines(80)[8]).toBe("  … and 4 more");
});

test("without a terminal, each thing that is done is a line", () => {
  const terminal = recordingTerminal();
  const view = new ProgressView(terminal, new AbortController().signal);
  view.progress({ type: "step", text: "planning shop" });
  view.progress({ type: "note", text: "a\u001b[2Jb" });
  view.progress({ type: "plan", cluster: "shop", summary });
  view.progress({ type: "apply-start", cluster: "shop", summary });
  for (const one of [event("apply_start", "a", "create"), event("apply_complete", "a", "create", 3)])
    view.progress({ type: "engine", event: one });
  view.progress({
    type: "engine",
    event: { type: "diagnostic", diagnostic: { severity: "warning", summary: "old", detail: "" } },
  });
  view.progress({ type: "engine", event: event("apply_errored", "b", "delete") });
  view.progress({ type: "apply-end" });
  expect(terminal.progressed.map((line) => line.replace(/\d+\.\d s$/, "N s"))).toEqual([
    "planning shop …",
    "note: ab",
    "shop: 1 to destroy, 1 to replace, 1 to create",
    "  + aws_x.a created (3 s) 1/4",
    "warning: old",
    "  ! aws_x.b failed",
    "  1/4 done, 1 failed, N s",
  ]);
  expect(terminal.drawn).toEqual([]);
});

test("on a terminal, the list is drawn over itself, and what is done goes above it", () => {
  const terminal = recordingTerminal({ live: true });
  const view = new ProgressView(terminal, new AbortController().signal);
  view.progress({ type: "apply-start", cluster: "shop", summary });
  view.progress({ type: "engine", event: event("apply_complete", "a", "create") });
  view.end();
  const text = terminal.drawn.join("").replace(/\d+\.\d s/g, "N s");
  expect(text).toBe(
    "\r\u001b[2K  0/4 done, N s\n" +
      "\u001b[1A\r\u001b[2K  + aws_x.a created 1/4\n\r\u001b[2K  1/4 done, N s\n" +
      "\u001b[1A\r\u001b[2K\n\u001b[1A",
  );
  // A whole screen that is wiped goes into the history of tmux.
  expect(text).not.toMatch(/\u001b\[\d?J/);
});
