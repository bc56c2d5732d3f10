import { LightfleetError } from "../../errors/error.js";
import { readIfThere, commitOf, needCommit, run, type Repository } from "./git.js";

export interface DefaultBase {
  /** Undefined for the first commit of a repository: nothing was before it. */
  readonly commit: string | undefined;
  /** What a reader should know of it. */
  readonly notes: readonly string[];
}

export interface HeadCommit {
  readonly commit: string;
  /** Whether head is more than this commit: the working tree has changes that are not committed. */
  readonly dirty: boolean;
  /** The branch that head is; undefined for a bare commit. */
  readonly branch: string | undefined;
}

/** Branches that others are merged into, where nothing else says which that is. */
const MAIN_BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/**
 * What a change is compared with where nobody says: what CI says that it is merged into, else where it left the main branch; on
 * the main branch itself, the last commit, or the one before where there is nothing beside it. Never head itself for
 * want of anything better: nothing would seem to change.
 * @throws LF651 where none of these can be found in this clone
 */
export async function defaultBase(repository: Repository, head: HeadCommit): Promise<DefaultBase> {
  const target = await targetOfCi(repository, head.commit);
  if (target !== undefined) return { commit: await forkOf(repository, target, head.commit), notes: [] };
  const main = await mainBranch(repository);
  if (main === undefined) throw unknownBase();
  const fork = await mergeBase(repository, main.commit, head.commit);
  if (fork === undefined)
    return {
      commit: main.commit,
      notes: [`where head left ${main.name} is not in this clone: it is ${main.name} as it is now`],
    };
  // Another branch without a commit of its own changes nothing, and so does the main branch beside what is not committed.
  const isMain = head.branch === undefined || head.branch === (await localName(repository, main.name));
  if (fork !== head.commit || head.dirty || !isMain) return { commit: fork, notes: [] };
  return beforeOf(repository, head.commit, main.name);
}

/** What the main branch was before its last commit, or before the push that CI runs for. */
async function beforeOf(repository: Repository, commit: string, main: string): Promise<DefaultBase> {
  const before = (await eventOf(repository.env, "push"))?.before;
  // A branch that is new was nothing before.
  if (before !== undefined && !/^0*$/.test(before))
    return { commit: await needCommit(repository, before, "--base"), notes: [] };
  return { commit: await parentOf(repository, commit), notes: [`head is on ${main}: base is the commit before`] };
}

/** The commit or branch that CI runs a change against; undefined where no CI says so. */
async function targetOfCi(repository: Repository, head: string): Promise<string | undefined> {
  const { env } = repository;
  const merged = env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"];
  // A pipeline for merged results checks the merge out: its first parent is the target branch.
  if (merged && (await commitOf(repository, `${head}^2`)) === merged) return `${head}^1`;
  const target = (await baseOfMergeQueue(env)) ?? branchOfCi(env);
  // Head itself would do for a base otherwise, and nothing would seem to change.
  if (target !== undefined) await needCommit(repository, target, "--base");
  return target;
}

/** What a merge queue's group is merged into, as GitHub's event says. @throws LF651 where it does not */
async function baseOfMergeQueue(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (env["GITHUB_EVENT_NAME"] !== "merge_group") return undefined;
  const commit = (await eventOf(env, "merge_group"))?.merge_group?.base_sha;
  if (commit !== undefined && commit !== "") return commit;
  throw new LightfleetError("this is a merge queue, and its event does not say what the group is merged into", {
    code: "LF651",
    kind: "usage",
    hint: "let GITHUB_EVENT_PATH name the event's file, or pass --base ${{ github.event.merge_group.base_sha }}",
  });
}

/** As far as it is read here. @see https://docs.github.com/en/webhooks/webhook-events-and-payloads */
interface Event {
  readonly before?: string;
  readonly merge_group?: { readonly base_sha?: string };
}

/** GitHub's event where it has a name; undefined where it is another, or cannot be read. */
async function eventOf(env: NodeJS.ProcessEnv, name: string): Promise<Event | undefined> {
  if (env["GITHUB_EVENT_NAME"] !== name) return undefined;
  try {
    const event: unknown = JSON.parse((await readIfThere(env["GITHUB_EVENT_PATH"] ?? "")) ?? "");
    return typeof event === "object" && event !== null ? event : undefined;
  } catch {
    return undefined;
  }
}

/** Variables by which CI systems name the branch or commit that a change is to be merged into. */
function branchOfCi(env: NodeJS.ProcessEnv): string | undefined {
  const commit = env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] || env["BITBUCKET_PR_DESTINATION_COMMIT"];
  const branch =
    env["GITHUB_BASE_REF"] ||
    env["BITBUCKET_PR_DESTINATION_BRANCH"] ||
    env["SYSTEM_PULLREQUEST_TARGETBRANCH"] ||
    env["BUILDKITE_PULL_REQUEST_BASE_BRANCH"] ||
    env["CHANGE_TARGET"];
  return commit || (branch ? `origin/${branch.replace(/^refs\/heads\//, "")}` : undefined);
}

interface Branch {
  readonly name: string;
  readonly commit: string;
}

/** The main branch; a repository with one branch, and no other repository behind it, has no other. */
async function mainBranch(repository: Repository): Promise<Branch | undefined> {
  for (const name of MAIN_BRANCHES) {
    const commit = await commitOf(repository, name);
    if (commit !== undefined) return { name, commit };
  }
  const list = async (...args: readonly string[]): Promise<string[]> =>
    (await run(repository, ...args)).split("\n").filter((line) => line !== "");
  const branches = await list("for-each-ref", "--format=%(refname:short)", "refs/heads");
  const [only] = branches;
  if (only === undefined || branches.length > 1 || (await list("remote")).length > 0) return undefined;
  const commit = await commitOf(repository, `refs/heads/${only}`);
  return commit === undefined ? undefined : { name: only, commit };
}

/** The name of a main branch without its repository: `main` for `origin/main`. */
async function localName(repository: Repository, main: string): Promise<string> {
  const name =
    main === "origin/HEAD" ? (await run(repository, "rev-parse", "--abbrev-ref", main).catch(() => main)).trim() : main;
  return name.replace(/^origin\//, "");
}

/** Where head left a commit or branch; the commit itself where that is not in this clone. */
async function forkOf(repository: Repository, target: string, head: string): Promise<string> {
  const commit = await needCommit(repository, target, "--base");
  return (await mergeBase(repository, commit, head)) ?? commit;
}

const mergeBase = (repository: Repository, a: string, b: string): Promise<string | undefined> =>
  run(repository, "merge-base", a, b).then(
    (text) => text.trim(),
    () => undefined,
  );

/** The first parent; undefined for the first commit of all. @throws LF651 where a shallow clone ends at this commit */
async function parentOf(repository: Repository, commit: string): Promise<string | undefined> {
  const written = await run(repository, "cat-file", "commit", commit);
  if (!/^parent [0-9a-f]+$/m.test(written.split("\n\n", 1)[0] ?? "")) return undefined;
  return needCommit(repository, `${commit}^1`, "--base");
}

const unknownBase = (): LightfleetError =>
  new LightfleetError("there is no main branch in this clone, and nothing says what the base is", {
    code: "LF651",
    kind: "usage",
    hint: "name it, as in '--base HEAD^1' or '--base origin/develop', or fetch the main branch ('fetch-depth: 0')",
  });
