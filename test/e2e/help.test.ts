import { expect, test } from "vitest";
import { NAMES } from "../../bin/unknown-verb.js";
import { VERBS } from "../../bin/verbs.js";
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

const verbs = VERBS.flatMap((one) => ("verbs" in one ? one.verbs : one)).filter(({ hidden = false }) => !hidden);

test.each(verbs.map(({ name }) => name))("%s --help shows its summary, options and an example", async (name) => {
  const { exitCode, stdout } = await cli(await tempDir(), [...name.split(" "), "--help"]);
  expect(exitCode).toBe(0);
  const verb = verbs.find((one) => one.name === name)!;
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(verb.summary);
  for (const option of Object.keys(verb.options ?? {})) expect(stdout).toContain(`--${option}`);
  expect(stdout).toContain("Examples:");
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("summaries are one line, a verb first, without a full stop", () => {
  for (const { name, summary } of [...VERBS, ...verbs])
    expect([name, summary]).toEqual([name, expect.stringMatching(/^[A-Z][a-z]+,? \S.{1,58}[^.]$/)]);
});

test("the help is as it was last reviewed", async () => {
  const texts = [await cli(await tempDir(), ["--help"])];
  for (const { name } of verbs) texts.push(await cli(await tempDir(), [...name.split(" "), "--help"]));
  expect(texts[0]?.stdout).toContain("lightfleet deploy");
  await expect(texts.map(({ stdout }) => stdout).join("\n----\n\n")).toMatchFileSnapshot("__snapshots__/help.txt");
});

test("who says nothing is helped, and the help names each verb", async () => {
  const { exitCode, stdout } = await cli(await tempDir(), []);
  expect(exitCode).toBe(0);
  const named = [...stdout.matchAll(/^ {2}lightfleet ([a-z]+)\b/gm)].map(([, verb]) => verb);
  expect([...new Set(named)].filter((verb) => verb !== "help").sort()).toEqual([...NAMES].sort());
});

test("--version is the package's", async () => {
  const { stdout } = await cli(await tempDir(), ["--version"]);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
