import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepare } from "../../../operations/preview/prepare.js";
import { LightfleetError } from "../../../errors/error.js";
import { tempDir } from "../../commands/project.js";
import { commit, git } from "../../commands/repository.js";

/** A repository whose main branch has two commits. */
async function repository(): Promise<string> {
  const dir = await tempDir();
  for (const [name, text] of Object.entries({ "cdktf.json": "{}", ".gitignore": ".lightfleet\n" }))
    writeFileSync(join(dir, name), text);
  commit(dir, "first");
  change(dir, "second");
  return dir;
}

function change(dir: string, text: string): void {
  writeFileSync(join(dir, "main.ts"), text);
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", text);
}

/** A branch with a commit of its own, checked out. */
function branch(dir: string, name = "feature"): void {
  git(dir, "checkout", "-q", "-b", name);
  change(dir, name);
}

async function clone(dir: string, ...options: readonly string[]): Promise<string> {
  const to = join(await tempDir(), "clone");
  execFileSync("git", ["clone", "-q", ...options, `file://${dir}`, to], { stdio: "ignore" });
  return to;
}

const at = (dir: string, ref: string): string => git(dir, "rev-parse", ref);

async function event(content: unknown): Promise<string> {
  const file = join(await tempDir(), "event.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const host = { progress: () => undefined, confirm: async () => false, canAsk: false, ask: async () => "" };
const { PATH } = process.env;

/** The base's commit and what is noted of it, or the code of the refusal and whether it speaks of a shallow clone. */
const baseOf = async (dir: string, env: NodeJS.ProcessEnv = {}, refs: { base?: string; head?: string } = {}) =>
  prepare(
    { base: refs.base, head: refs.head, scratch: await tempDir() },
    { dir, env: { PATH, ...env }, signal: new AbortController().signal, host },
  ).then(
    ({ base }) => ({ commit: base.commit, notes: base.notes }),
    (error: unknown) => (LightfleetError.is(error) ? [error.code, error.hint?.includes("shallow")] : error),
  );

test("a branch is compared with where it left the main branch", async () => {
  const dir = await repository();
  const fork = at(dir, "main");
  branch(dir);
  git(dir, "checkout", "-q", "main");
  change(dir, "later on main");
  git(dir, "checkout", "-q", "feature");
  expect(await baseOf(dir)).toEqual({ commit: fork, notes: [] });
  git(dir, "checkout", "-q", "--detach");
  expect(await baseOf(dir)).toEqual({ commit: fork, notes: [] });
  expect(await baseOf(dir, {}, { base: "" })).toEqual({ commit: fork, notes: [] });
});

test("a branch without a commit of its own changes nothing", async () => {
  const dir = await repository();
  git(dir, "checkout", "-q", "-b", "feature");
  expect(await baseOf(dir)).toEqual({ commit: at(dir, "main"), notes: [] });
  expect(await baseOf(dir, {}, { head: "feature" })).toEqual({ commit: at(dir, "main"), notes: [] });
});

test("the main branch is compared with its last commit, or with the one before where nothing is uncommitted", async () => {
  const dir = await repository();
  const notes = ["head is on main: base is the commit before"];
  expect(await baseOf(dir)).toEqual({ commit: at(dir, "main~1"), notes });
  expect(await baseOf(dir, {}, { head: "main" })).toEqual({ commit: at(dir, "main~1"), notes });
  writeFileSync(join(dir, "more"), "");
  expect(await baseOf(dir)).toEqual({ commit: at(dir, "main"), notes: [] });
});

test("before the first commit of all there was nothing", async () => {
  const dir = await repository();
  git(dir, "checkout", "-q", "--detach", "main~1");
  expect(await baseOf(dir)).toEqual({ commit: null, notes: [expect.stringContaining("is the first commit")] });
});

test("a repository with one branch and no other behind it has that for its main branch", async () => {
  const dir = await repository();
  git(dir, "branch", "-m", "trunk");
  expect((await baseOf(dir)) as object).toMatchObject({ commit: at(dir, "trunk~1") });
  git(dir, "branch", "other");
  expect(await baseOf(dir)).toEqual(["LF651", false]);
});

test("where head left the main branch is not in this clone: the note says what base is instead", async () => {
  const dir = await repository();
  git(dir, "checkout", "-q", "--orphan", "other");
  git(dir, "commit", "-qm", "no history in common");
  expect(await baseOf(dir)).toEqual({
    commit: at(dir, "main"),
    notes: ["where head left main is not in this clone: it is main as it is now"],
  });
});

test("a shallow clone of one branch refuses, in CI and by hand, and never takes head for the base", async () => {
  const dir = await repository();
  branch(dir);
  git(dir, "checkout", "-q", "main");
  const lone = await clone(dir, "--depth=2", "--branch=feature");
  git(lone, "checkout", "-q", "--detach");
  expect(await baseOf(lone)).toEqual(["LF651", false]);
  const main = await clone(dir, "--depth=1", "--branch=main");
  expect(await baseOf(main)).toEqual(["LF651", true]);
});

test("a merge queue is compared with what its group is merged into", async () => {
  const dir = await repository();
  branch(dir);
  const lone = await clone(dir, "--depth=2", "--branch=feature");
  git(lone, "checkout", "-q", "--detach");
  const queue = { GITHUB_EVENT_NAME: "merge_group", GITHUB_BASE_REF: "" };
  expect(await baseOf(lone, queue)).toEqual(["LF651", false]);
  const inQueue = async (sha: string) =>
    baseOf(lone, { ...queue, GITHUB_EVENT_PATH: await event({ merge_group: { base_sha: sha } }) });
  expect(await inQueue(at(dir, "main"))).toEqual({ commit: at(dir, "main"), notes: [] });
  expect(await inQueue("1".repeat(40))).toEqual(["LF651", true]);
});

test("a push to the main branch is compared with what was there before it", async () => {
  const dir = await repository();
  change(dir, "third");
  const push = async (before: string) =>
    baseOf(dir, { GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: await event({ before }) });
  expect(await push(at(dir, "main~2"))).toEqual({ commit: at(dir, "main~2"), notes: [] });
  expect((await push("0".repeat(40))) as object).toMatchObject({ commit: at(dir, "main~1") });
});

test.each([
  ["GitHub", { GITHUB_BASE_REF: "main" }],
  ["Bitbucket", { BITBUCKET_PR_DESTINATION_BRANCH: "main" }],
  ["Azure Pipelines", { SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main" }],
  ["Buildkite", { BUILDKITE_PULL_REQUEST_BASE_BRANCH: "main" }],
  ["Jenkins", { CHANGE_TARGET: "main" }],
])("%s says what a change is merged into; where that is not here, the clone is to be mended", async (_, env) => {
  const dir = await repository();
  branch(dir);
  const whole = await clone(dir);
  expect(await baseOf(whole, env)).toEqual({ commit: at(dir, "main"), notes: [] });
  const lone = await clone(dir, "--depth=1", "--branch=feature");
  expect(await baseOf(lone, env)).toEqual(["LF651", true]);
});

test("GitLab says the commit, and of merged results the first parent is the target branch", async () => {
  const dir = await repository();
  const fork = at(dir, "main");
  branch(dir);
  const source = at(dir, "feature");
  expect(await baseOf(dir, { CI_MERGE_REQUEST_DIFF_BASE_SHA: fork })).toEqual({ commit: fork, notes: [] });
  expect(await baseOf(dir, { CI_MERGE_REQUEST_DIFF_BASE_SHA: "1".repeat(40) })).toEqual(["LF651", false]);
  git(dir, "checkout", "-q", "--detach", "main");
  git(dir, "commit", "-q", "--allow-empty", "-m", "later on main");
  const target = at(dir, "HEAD");
  git(dir, "merge", "-q", "--no-ff", "-m", "merged results", "feature");
  const env = { CI_MERGE_REQUEST_DIFF_BASE_SHA: fork, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: source };
  expect(await baseOf(dir, env)).toEqual({ commit: target, notes: [] });
});
