import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { LightfleetError } from "../../errors/error.js";

/** A git repository, as far as a preview reads it. Nothing of it is ever written to. */
export interface Repository {
  /** Top folder of the working tree, absolute. */
  readonly root: string;
  /** The project's folder below it; empty where they are one. */
  readonly prefix: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A git command's standard output. @throws what it says on standard error */
async function git(cwd: string, env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> {
  // Hooks, prompts and lazily fetched objects are none of a preview's business.
  const quiet = { GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  const kept = Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT|PREFIX)/.test(name)),
  );
  return new Promise((done, fail) => {
    const options = { cwd, env: { ...kept, ...quiet, ...pick(env, "GIT_INDEX_FILE") }, maxBuffer: 2 ** 28 };
    execFile("git", ["-c", "core.hooksPath=/dev/null", ...args], options, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else fail(new Error(stderr.trim().split("\n").slice(-3).join(" ") || error.message));
    });
  });
}

const pick = (env: NodeJS.ProcessEnv, name: string): NodeJS.ProcessEnv =>
  env[name] === undefined ? {} : { [name]: env[name] };

/** The repository that a folder is in; why there is none, where there is none. */
export async function openRepository(dir: string, env: NodeJS.ProcessEnv): Promise<Repository | string> {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => name !== "GIT_INDEX_FILE"));
  try {
    const root = (await git(dir, clean, "rev-parse", "--show-toplevel")).trim();
    return { root, prefix: relative(root, dir), env: clean };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (text.includes("ENOENT")) return "git is not installed";
    return text.includes("not a git repository")
      ? "the project is in no git repository"
      : `git cannot read the repository: ${text}`;
  }
}

/** A git command in the repository. @throws what it says on standard error */
export const run = ({ root, env }: Repository, ...args: readonly string[]): Promise<string> => git(root, env, ...args);

/** The commit that a name stands for; undefined where there is none. */
export async function commitOf(repository: Repository, ref: string): Promise<string | undefined> {
  if (ref.startsWith("-")) return undefined;
  return run(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).then(
    (text) => text.trim(),
    () => undefined,
  );
}

/** @throws LF651 where there is no such commit here */
export async function needCommit(repository: Repository, ref: string, option: string): Promise<string> {
  const commit = await commitOf(repository, ref);
  if (commit !== undefined) return commit;
  const shallow = (await run(repository, "rev-parse", "--is-shallow-repository").catch(() => "")).trim() === "true";
  throw new LightfleetError(`'${option} ${ref}' names no commit that is here`, {
    code: "LF651",
    kind: "usage",
    hint: shallow
      ? "the clone is shallow: fetch that commit, as in 'git fetch --depth=1 origin REF', or clone with all history ('fetch-depth: 0')"
      : "name a branch, a tag or a commit; a branch of the server is 'origin/NAME'",
  });
}

/** What Lightfleet itself writes into a project: untracked, it is no change of anybody's. */
const OWN = /^\?\? (?:.*\/)?(?:\.lightfleet|cdktf\.out)\//s;

/** Whether the working tree differs from a commit, untracked files included, but for those that Lightfleet itself writes. */
export async function isDirty(repository: Repository): Promise<boolean> {
  const listed = await run(repository, "status", "--porcelain", "-z", "--ignore-submodules=none");
  return listed.split("\0").some((entry) => entry !== "" && !OWN.test(entry));
}

/** The branch that is checked out; undefined where a bare commit is. */
export const currentBranch = (repository: Repository): Promise<string | undefined> =>
  run(repository, "symbolic-ref", "--quiet", "--short", "HEAD").then(
    (text) => text.trim(),
    () => undefined,
  );

/** Whether a name is that of a branch, here or of another repository. */
export const isBranch = (repository: Repository, name: string): Promise<boolean> =>
  run(repository, "rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", name).then(
    (text) => /^refs\/(heads|remotes)\//.test(text.trim()),
    () => false,
  );

export async function treeOf(repository: Repository, commit: string): Promise<string> {
  return (await run(repository, "rev-parse", `${commit}^{tree}`)).trim();
}

/**
 * Writes a commit's files into a folder, without touching the repository: no worktree is registered, and no index of the user's is
 * written. Submodules are taken from where they are checked out.
 * @returns what is missing, one line each
 */
export async function exportTree(repository: Repository, tree: string, folder: string): Promise<string[]> {
  const index = `${folder}.index`;
  const env = { ...repository.env, GIT_INDEX_FILE: index };
  await mkdir(folder, { recursive: true });
  try {
    await git(repository.root, env, "read-tree", tree);
    await git(repository.root, env, "checkout-index", "--all", "--force", "--quiet", `--prefix=${folder}/`);
  } finally {
    await rm(index, { force: true });
  }
  const listed = await run(repository, "ls-tree", "-r", "-z", "--full-tree", tree);
  const missing: string[] = [];
  for (const entry of listed.split("\0")) {
    const [, commit, path] = /^160000 commit ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
    if (commit === undefined || path === undefined) continue;
    const inner: Repository = { ...repository, root: join(repository.root, path), prefix: "" };
    const there = existsSync(join(inner.root, ".git")) ? await commitOf(inner, commit) : undefined;
    if (there === undefined)
      missing.push(`the submodule ${path} is not checked out at ${commit.slice(0, 7)}: its folder is empty`);
    else missing.push(...(await exportTree(inner, `${there}^{tree}`, join(folder, path))));
  }
  return missing;
}

/** A file of a working tree or an exported one; undefined where there is none. */
export const readIfThere = (file: string): Promise<string | undefined> => readFile(file, "utf8").catch(() => undefined);

/** The folder itself, and all above it up to and with the top one. */
export function upTo(top: string, folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== top && dirname(at) !== at;) folders.push((at = dirname(at)));
  return folders;
}
