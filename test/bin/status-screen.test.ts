import { expect, test } from "vitest";
import { StatusScreen } from "../../bin/render/status-screen.js";
import { LightfleetError } from "../../errors/error.js";
import { recordingTerminal } from "./recording-terminal.js";

const trouble = new LightfleetError("AWS is not reached (connection refused)", {
  ...{ code: "LF629", kind: "external", hint: "look at the network" },
});

test("in JSON, a look that failed says why, beside what was seen last", () => {
  const terminal = { ...recordingTerminal(), json: true };
  const screen = new StatusScreen(terminal);
  screen.show({ clusters: [] });
  screen.show({ clusters: [] }, trouble);
  screen.close();
  expect(terminal.results.map((line): unknown => JSON.parse(line))).toEqual([
    { ok: true, command: "status", clusters: [] },
    {
      ...{ ok: false, command: "status", clusters: [] },
      error: { code: "LF629", kind: "external", message: trouble.message, hint: trouble.hint, findings: [] },
    },
  ]);
});

test("in text, it is one line more", () => {
  const terminal = recordingTerminal();
  new StatusScreen(terminal).show({ clusters: [] }, trouble);
  expect(terminal.results).toEqual(["looking again: AWS is not reached (connection refused)\n"]);
});
