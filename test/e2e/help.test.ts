import { expect, test } from "vitest";
import { VERBS } from "../../bin/verb-names.js";
import { cli } from "../commands/cli.js";
import { tempDir } from "../commands/project.js";

test("--help names every verb, with examples and exit codes, in 80 columns", async () => {
  const { exitCode, stdout, stderr } = await cli(await tempDir(), ["--help"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  for (const verb of [
    "init",
    "synth",
    "deploy",
    "diff",
    "status",
    "destroy",
    "doctor",
    "image",
    "sandbox",
    "completion",
  ])
    expect(stdout).toMatch(new RegExp(`^  lightfleet ${verb}\\b`, "m"));
  expect(stdout).toContain("lightfleet deploy --sandbox");
  expect(stdout).toContain("130 interrupted");
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each([
  ["deploy"],
  ["diff"],
  ["status"],
  ["destroy"],
  ["outputs"],
  ["bootstrap"],
  ["unlock"],
  ["init"],
  ["synth"],
  ["doctor"],
  ["sandbox", "reset"],
])("%s %s explains itself with an example", async (...verb) => {
  const { exitCode, stdout } = await cli(await tempDir(), [...verb, "--help"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Examples:");
});

test("who says nothing is helped, and the help names each verb", async () => {
  const { exitCode, stdout } = await cli(await tempDir(), []);
  expect(exitCode).toBe(0);
  const named = [...stdout.matchAll(/^ {2}lightfleet ([a-z]+)\b/gm)].map(([, verb]) => verb);
  expect([...new Set(named)].filter((verb) => verb !== "help").sort()).toEqual([...VERBS].sort());
});

test("--version is the package's", async () => {
  const { stdout } = await cli(await tempDir(), ["--version"]);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
