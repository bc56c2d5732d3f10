import { expect, test } from "vitest";
import { renderHtml } from "../../preview/render/html.js";
import { renderMarkdown } from "../../preview/render/markdown.js";
import { renderText } from "../../preview/render/text.js";
import { compareChecks } from "../../preview/checks.js";
import { listOf, write } from "./lists.js";

type Finding = NonNullable<Parameters<typeof compareChecks>[0]>["findings"][number];
const REASON = "two of them would answer twice";
const finding = (acknowledged: string | null): Finding =>
  ({
    ...{
      code: "LF203",
      severity: "warning",
      message: "it has one task",
      places: ["main.ts:9:15 [shop/cron]"],
      acknowledged,
    },
    ...{ hint: "" },
  }) as Finding;
const side = (...findings: readonly Finding[]) => ({
  ...{ model: write().model, findings, headroom: [], bundle: {}, bootData: {} },
});
const open = side(finding(null));
const acknowledged = side(finding(REASON));
const none = side();

test.each([
  ["is new", none, open, { appeared: 1, acknowledged: 0, resolved: 0, kept: 0 }],
  ["is acknowledged from its start", none, acknowledged, { appeared: 0, acknowledged: 1, resolved: 0, kept: 0 }],
  ["is acknowledged now", open, acknowledged, { appeared: 0, acknowledged: 1, resolved: 0, kept: 0 }],
  ["was acknowledged, and is not any more", acknowledged, open, { appeared: 1, acknowledged: 0, resolved: 0, kept: 0 }],
  ["is resolved", open, none, { appeared: 0, acknowledged: 0, resolved: 1, kept: 0 }],
  ["was acknowledged, and is gone", acknowledged, none, { appeared: 0, acknowledged: 0, resolved: 0, kept: 0 }],
  ["stays", open, open, { appeared: 0, acknowledged: 0, resolved: 0, kept: 1 }],
  ["stays acknowledged", acknowledged, acknowledged, { appeared: 0, acknowledged: 0, resolved: 0, kept: 1 }],
])("a finding that %s", (_, base, head, counts) => {
  const { appeared, acknowledged: taken, resolved, kept } = compareChecks(base, head, []);
  expect({ appeared: appeared.length, acknowledged: taken.length, resolved: resolved.length, kept }).toEqual(counts);
});

test.each([
  ["LF201", "survives a VM"],
  ["LF216", "survives a VM"],
  ["LF208", "keeps its data"],
  ["LF212", "keeps its data"],
  ["LF213", "keeps its data"],
  ["LF214", "keeps its data"],
  ["LF215", "keeps its data"],
])("%s counts for '%s'", (code, what) => {
  const { rows } = compareChecks(none, side({ ...finding(null), code }), []);
  expect(rows.filter(({ head }) => head === "warning").map((row) => row.what)).toEqual([what]);
});

test("text, comment and page show a newly acknowledged finding with its reason, and not as a new one", () => {
  const list = listOf(
    write(),
    write(({ services }) => void (services["frontend"]!.replicas = 3)),
  );
  list.clusters[0]!.checks.appeared = [];
  list.clusters[0]!.checks.acknowledged = [{ ...compareChecks(none, acknowledged, []).acknowledged[0]! }];
  for (const text of [renderText(list), renderMarkdown(list), renderHtml(list)]) {
    expect(text).toContain("newly acknowledged");
    expect(text).toContain(REASON);
    expect(text).not.toMatch(/new warning LF203/);
  }
});
