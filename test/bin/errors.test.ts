import { expect, test } from "vitest";
import { exitCodeOf } from "../../bin/exit-codes.js";
import { errorToJson, showError } from "../../bin/render/errors.js";
import { LightfleetError, type ErrorCode } from "../../errors/error.js";
import { recordingTerminal } from "./recording-terminal.js";

const show = (error: unknown, debug = false): string[] => {
  const terminal = recordingTerminal();
  showError(error, terminal, debug);
  expect(terminal.results).toEqual([]);
  return terminal.errors;
};

test("findings are shown with place, code, path and hint; the same mistake once", () => {
  const source = (line: number) => ({ file: "main.ts", line, column: 3 });
  const findings = [
    {
      code: "LF006",
      message: "'size.min' (5) must be <= 'size.max' (3)",
      path: "shop/core",
      source: source(4),
      hint: "swap them",
    },
    { code: "LF005", message: "no machine type 'm9'", path: "shop/a", source: source(7) },
    { code: "LF005", message: "no machine type 'm9'", path: "shop/b" },
  ];
  expect(
    show(new LightfleetError("the program has 3 mistakes:\n  …", { code: "LF040", kind: "config", findings })),
  ).toEqual([
    "error LF040 the program has 3 mistakes:",
    "  main.ts:4:3 LF006 [shop/core] 'size.min' (5) must be <= 'size.max' (3)",
    "    swap them",
    "  LF005 no machine type 'm9' (in 2 places)",
    "    main.ts:7:3 [shop/a]",
    "    [shop/b]",
  ]);
});

test("places that nobody knows are counted, and not shown as empty lines", () => {
  const findings = Array.from({ length: 12 }, () => ({ code: "LF629", message: "connection refused" }));
  expect(show(new LightfleetError("AWS is not reached", { code: "LF629", kind: "external", findings }))).toEqual([
    "error LF629 AWS is not reached",
    "  LF629 connection refused (12 times)",
  ]);
});

test("text of others cannot drive the terminal", () => {
  const findings = [{ code: "LF054", message: "\u001b[2Jboo\u0007\nsecond" }];
  const error = new LightfleetError("the program failed", {
    code: "LF054",
    kind: "config",
    findings,
    hint: "a\u001b[1mb",
  });
  expect(show(error)).toEqual(["error LF054 the program failed", "  LF054 boo", "    second", "hint ab"]);
});

test("a refusal is no error", () => {
  expect(show(new LightfleetError("not confirmed", { code: "LF059", kind: "aborted" }))).toEqual(["not confirmed"]);
});

test("a mistake of ours says so, and shows its stack when asked", () => {
  expect(show(new Error("oops"))[0]).toBe("error LF095 oops");
  expect(show(new Error("oops", { cause: new Error("deeper") }), true).join("\n")).toMatch(
    /errors\.test\.ts[^]*deeper/,
  );
});

test("as JSON, findings stand beside the first line", () => {
  const findings = [{ code: "LF006", message: "m" }];
  expect(
    errorToJson(new LightfleetError("the program has one mistake:\n  m", { code: "LF040", kind: "config", findings })),
  ).toEqual({
    ...{ code: "LF040", kind: "config", message: "the program has one mistake", findings },
  });
  expect(errorToJson(new LightfleetError("a:\nb", { code: "LF068", kind: "external", hint: "h" }))).toMatchObject({
    ...{ message: "a:\nb", hint: "h" },
  });
  expect(errorToJson("text")).toMatchObject({ code: "LF095", kind: "internal", message: "text" });
});

test("each kind of end has its exit code", () => {
  const code = (kind: "usage" | "config" | "aborted", name: ErrorCode = "LF001"): number =>
    exitCodeOf(new LightfleetError("m", { code: name, kind }));
  expect([code("usage"), code("config"), code("aborted", "LF059"), code("aborted", "LF071"), exitCodeOf("x")]).toEqual([
    ...[64, 1, 1, 130, 1],
  ]);
});
