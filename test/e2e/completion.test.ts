import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { tempDir } from "../commands/project.js";

test("bash takes the script", async () => {
  const { exitCode, stdout } = await cli(await tempDir(), ["completion", "bash"]);
  expect(exitCode).toBe(0);
  const shown = execFileSync("bash", ["-c", `${stdout}\ncomplete -p lightfleet`], { encoding: "utf8" });
  expect(shown).toContain("-F _lightfleet lightfleet");
});

test("the shell of the environment is taken where none is named", async () => {
  const { document } = await cliJson(await tempDir(), ["completion"], { SHELL: "/usr/bin/fish" });
  expect(document).toMatchObject({
    ok: true,
    shell: "fish",
    script: expect.stringContaining("complete -c lightfleet"),
  });
});

test("verbs and options are completed", async () => {
  const dir = await tempDir();
  const verbs = await cli(dir, ["--get-yargs-completions", "lightfleet", "de"]);
  expect(verbs.stdout.split("\n")).toEqual(
    expect.arrayContaining([expect.stringMatching(/^deploy/), expect.stringMatching(/^destroy/)]),
  );
  const options = await cli(dir, ["--get-yargs-completions", "lightfleet", "deploy", "--s"]);
  expect(options.stdout).toContain("--sandbox");
});
