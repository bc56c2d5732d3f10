import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** Runs a script in a fresh Node, since this one has loaded cdktf already. `done` says what it found. */
function inFreshNode(script: string): unknown {
  const code = `
    const cdktf = require("./constructs/load-cdktf.cjs");
    const loaded = (name) => Object.keys(require.cache).some((file) => file.includes("/" + name + "/"));
    const from = require("node:module").createRequire(require.resolve("cdktf"));
    ${script}`;
  return JSON.parse(execFileSync(process.execPath, ["-e", code], { encoding: "utf8" }));
}

test("cdktf is the same copy that everybody else gets, without what it hardly uses", () => {
  expect(
    inFreshNode(`console.log(JSON.stringify({
      same: cdktf === require("cdktf"),
      app: typeof cdktf.App,
      archiver: loaded("archiver"),
      semver: loaded("semver"),
    }));`),
  ).toEqual({ same: true, app: "function", archiver: false, semver: false });
});

test("a deferred package works when cdktf uses it", () => {
  expect(
    inFreshNode(`
      const { ValidateBinaryVersion } = from("./validations/validate-binary-version.js");
      const problems = (range) => new ValidateBinaryVersion("node", range, "node -v").validate().length;
      console.log(JSON.stringify([problems(">=18"), problems(">=98"), loaded("semver")]));`),
  ).toEqual([0, 1, true]);
});

test("others get the real packages", () => {
  expect(inFreshNode(`console.log(JSON.stringify([from("archiver").name, from("semver").valid("1.2.3")]));`)).toEqual([
    "vending",
    "1.2.3",
  ]);
});
