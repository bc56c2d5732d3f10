import { existsSync } from "node:fs";
import { join } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import type { CommandContext } from "../context.js";
import { defaultBase, type HeadCommit } from "./default-base.js";
import { commitOf, currentBranch, isBranch, isDirty, needCommit, openRepository, type Repository } from "./git.js";
import { checkOut } from "./checkout.js";

/** One side before its program ran. */
export interface Prepared {
  readonly ref: string;
  readonly commit: string | null;
  readonly notes: readonly string[];
  /** Why it must not be run, one line each: it would be what the working tree makes of it. */
  readonly withheld: readonly string[];
  /** Whether its packages are its own because the other side changes what an install is made from. */
  readonly installed?: boolean;
  /** The project's folder; undefined where there is nothing to compare with. */
  readonly dir: string | undefined;
}

interface Sides {
  readonly base: Prepared;
  readonly head: Prepared;
}

interface Refs {
  readonly base: string | undefined;
  readonly head: string | undefined;
  /** A folder that this run has for itself, outside of the repository. */
  readonly scratch: string;
}

const DIRTY = "working tree, with changes that are not committed";
const ALL_NEW = "all is shown as new";

/**
 * Finds base and head, and writes their files where they are not in the working tree. `project` is its folder in the repository.
 * @throws LF651 for a ref that is not here
 */
export async function prepare(refs: Refs, context: CommandContext): Promise<Sides & { readonly project: string }> {
  const repository = await openRepository(context.dir, context.env);
  const project = typeof repository === "string" ? "" : repository.prefix;
  return { ...(await sidesOf(repository, refs, context)), project };
}

async function sidesOf(repository: Repository | string, refs: Refs, context: CommandContext): Promise<Sides> {
  if (typeof repository === "string") {
    if (refs.base !== undefined || refs.head !== undefined)
      throw new LightfleetError(`there is no base to compare with: ${repository}`, { code: "LF651", kind: "usage" });
    return { base: nothing(`${repository}: ${ALL_NEW}`), head: await workingTree(context.dir) };
  }
  const place = { scratch: refs.scratch };
  const commit =
    refs.head === undefined ? await commitOf(repository, "HEAD") : await needCommit(repository, refs.head, "--head");
  const head =
    refs.head === undefined || commit === undefined
      ? await workingTree(context.dir, repository, commit)
      : await checkedOut(repository, { ref: refs.head, commit, without: "all is shown as removed", ...place }, context);
  // A variable of CI that is empty is no base.
  if (refs.base !== undefined && refs.base !== "")
    return { base: await named(repository, refs.base, refs.scratch, context), head };
  if (commit === undefined) return { base: nothing(`the repository has no commit yet: ${ALL_NEW}`), head };
  const found = await defaultBase(repository, await headCommit(repository, refs.head, commit, head));
  if (found.commit === undefined)
    return { base: nothing(`${commit.slice(0, 12)} is the first commit: ${ALL_NEW}`), head };
  const ref = found.commit.slice(0, 12);
  const base = await checkedOut(repository, { ref, commit: found.commit, without: ALL_NEW, ...place }, context);
  return { base: { ...base, notes: [...found.notes, ...base.notes] }, head };
}

async function headCommit(
  repository: Repository,
  ref: string | undefined,
  commit: string,
  head: Prepared,
): Promise<HeadCommit> {
  if (ref === undefined) return { commit, dirty: head.ref === DIRTY, branch: await currentBranch(repository) };
  const branch = (await isBranch(repository, ref)) ? ref.replace(/^origin\//, "") : undefined;
  return { commit, dirty: false, branch };
}

const nothing = (note: string): Prepared => ({
  ...{ ref: "nothing", commit: null, notes: [note], withheld: [], dir: undefined },
});

async function named(repository: Repository, ref: string, scratch: string, context: CommandContext): Promise<Prepared> {
  const commit = await needCommit(repository, ref, "--base");
  return checkedOut(repository, { ref, commit, without: ALL_NEW, scratch }, context);
}

async function workingTree(dir: string, repository?: Repository, commit?: string): Promise<Prepared> {
  const dirty = repository !== undefined && commit !== undefined && (await isDirty(repository));
  return { ref: dirty ? DIRTY : "working tree", commit: commit ?? null, notes: [], withheld: [], dir };
}

interface Wanted {
  readonly ref: string;
  readonly commit: string;
  /** What follows where there is no project in it. */
  readonly without: string;
  readonly scratch: string;
}

async function checkedOut(
  repository: Repository,
  { ref, commit, without, scratch }: Wanted,
  context: CommandContext,
): Promise<Prepared> {
  const { dir, notes, withheld, installed } = await checkOut(repository, commit, scratch, context);
  if (existsSync(join(dir, "cdktf.json"))) return { ref, commit, notes, withheld, installed, dir };
  const where = repository.prefix === "" ? "" : ` in ${repository.prefix}`;
  const absent = `there is no cdktf.json${where}: ${without}`;
  return { ref, commit, notes: [...notes, absent], withheld: [], dir: undefined };
}
