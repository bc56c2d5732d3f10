import { expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { project, program, tempDir } from "../commands/project.js";

test.each([
  [["deplyo"]],
  [["deploy", "--sandbx"]],
  [["sandbox"]],
  [["doctor", "x"]],
  [["completion", "tcsh"]],
  [["synth", "-C"]],
])("%j is a wrong call: 64, and nothing on standard output", async (args) => {
  const { exitCode, stdout, stderr } = await cli(await tempDir(), args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: "" });
  expect(stderr).toContain("LF050");
  expect(stderr).toContain("lightfleet --help");
});

test("what is missing is said in words", async () => {
  const dir = await tempDir();
  expect((await cli(dir, ["unlock"])).stderr).toContain("an argument is missing: 0 given, 1 needed");
  expect((await cli(dir, ["deploy", "--plan"])).stderr).toContain("the option 'plan' needs a value");
});

test("a pause between looks needs a watch", async () => {
  const { exitCode, stdout, stderr } = await cli(await tempDir(), ["status", "--every", "2s"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: "" });
  expect(stderr).toContain("LF050 '--every' requires '--watch'");
  expect(stderr).toContain("lightfleet status --watch --every 2s");
});

test("a near name is suggested", async () => {
  const { stderr } = await cli(await tempDir(), ["deplyo"]);
  expect(stderr).toContain("did you mean deploy?");
  for (const [word, verb] of [
    ["tail", undefined],
    ["stauts", "status"],
    ["apply", "deploy"],
    ["plan", "diff"],
  ] as const) {
    const { stderr: text } = await cli(await tempDir(), [word, "web"]);
    expect(text).toContain(`unknown command: ${word}${verb === undefined ? "\n" : `; did you mean ${verb}?`}`);
  }
  const far = await cli(await tempDir(), ["image", "foo"]);
  expect(far.stderr).toContain("unknown argument: foo");
});

test("a folder without a project is a wrong call", async () => {
  const { exitCode, document } = await cliJson(await tempDir(), ["synth"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 64, document: { ok: false, error: { code: "LF051" } } });
});

test("-C names the folder", async () => {
  const { document } = await cliJson(await tempDir(), ["synth", "-C", await tempDir()]);
  expect(document).toMatchObject({ error: { code: "LF051" } });
});

test("a cluster that the program does not have is a wrong call", async () => {
  const dir = await project({ "main.ts": program("shop") });
  const { exitCode, document } = await cliJson(dir, ["diff", "shp", "--sandbox"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 64, document: { error: { code: "LF057" } } });
});
