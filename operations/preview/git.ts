import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, relative } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { repositoryOf } from "../init/repository.js";
import { isInside } from "./scratch.js";

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
  // Hooks, prompts, lazily fetched objects and objects in place of others are none of a preview's business.
  const quiet = {
    ...{ GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
    GIT_NO_REPLACE_OBJECTS: "1",
  };
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

/** An environment whose PATH finds no program of a checkout: `npx` puts the `node_modules/.bin` of the project in front. */
export function withoutCheckout(env: NodeJS.ProcessEnv, checkout: string): NodeJS.ProcessEnv {
  const folders = (env["PATH"] ?? "").split(delimiter);
  const kept = folders.filter((folder) => isAbsolute(folder) && !isInside(folder, checkout));
  return { ...env, ...(env["PATH"] !== undefined && { PATH: kept.join(delimiter) }) };
}

/** The repository that a folder is in; why there is none, where there is none. */
export async function openRepository(dir: string, env: NodeJS.ProcessEnv): Promise<Repository | string> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => name !== "GIT_INDEX_FILE"));
  const clean = withoutCheckout(own, repositoryOf(dir) ?? dir);
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

/** What became of a commit's files. */
export interface Exported {
  /** What a reader should know, one line each. */
  readonly notes: string[];
  /** What head took away of it, one line each: it is not whole, and must not be run. */
  readonly withheld: string[];
}

/**
 * Writes a commit's files into a folder, without touching the repository: no worktree is registered, and no index of the user's is
 * written. The folder is git's working tree meanwhile, so that attributes (encodings, line ends, filters) are the commit's own and not those
 * of what is checked out. Submodules are taken from where they are checked out, at their commits.
 */
export async function exportTree(repository: Repository, tree: string, folder: string): Promise<Exported> {
  const index = `${folder}.index`;
  const env = { ...repository.env, GIT_INDEX_FILE: index };
  await mkdir(folder, { recursive: true });
  const store = (await run(repository, "rev-parse", "--absolute-git-dir")).trim();
  const place = [`--git-dir=${store}`, `--work-tree=${folder}`];
  try {
    await git(folder, env, ...place, "read-tree", tree);
    await git(folder, env, ...place, "checkout-index", "--all", "--force", "--quiet");
  } finally {
    await rm(index, { force: true });
  }
  const listed = await run(repository, "ls-tree", "-r", "-z", "--full-tree", tree);
  const exported: Exported = { notes: [], withheld: [] };
  for (const entry of listed.split("\0")) {
    const [, commit, path] = /^160000 commit ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
    if (commit === undefined || path === undefined) continue;
    const inner: Repository = { ...repository, root: join(repository.root, path), prefix: "" };
    const isThere = existsSync(join(inner.root, ".git"));
    const there = isThere ? await commitOf(inner, commit) : undefined;
    if (there === undefined) {
      const missing = `the submodule ${path} is not checked out at ${commit.slice(0, 7)}`;
      if (isThere || (await isModuleChanged(repository, path, folder)))
        exported.withheld.push(`${missing}: fetch that commit, as in 'git -C ${path} fetch origin ${commit}'`);
      else exported.notes.push(`${missing}: its folder is empty`);
      continue;
    }
    const within = await exportTree(inner, `${there}^{tree}`, join(folder, path));
    exported.notes.push(...within.notes);
    exported.withheld.push(...within.withheld);
  }
  return exported;
}

/** Whether the working tree has a submodule no more, or finds it otherwise. */
async function isModuleChanged({ root, env }: Repository, path: string, folder: string): Promise<boolean> {
  const entry = await git(root, env, "ls-files", "--stage", "--", `:(literal)${path}`);
  const [own, theirs] = [folder, root].map((top) => readIfThere(join(top, ".gitmodules")));
  return !entry.startsWith("160000 ") || (await own) !== (await theirs);
}

/** Paths of all files that git tracks in the working tree, below its top folder. */
export const trackedFiles = async (repository: Repository): Promise<readonly string[]> =>
  (await run(repository, "ls-files", "-z")).split("\0").filter((path) => path !== "");

/** A file of a working tree or an exported one; undefined where there is none. */
export const readIfThere = (file: string): Promise<string | undefined> => readFile(file, "utf8").catch(() => undefined);

/** The folder itself, and all above it up to and with the top one. */
export function upTo(top: string, folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== top && dirname(at) !== at;) folders.push((at = dirname(at)));
  return folders;
}
