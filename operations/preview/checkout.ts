import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandContext } from "../context.js";
import { exportTree, readIfThere, treeOf, type Repository } from "./git.js";
import { differingLocks, providePackages, type Places } from "./packages.js";

/** Trees that are kept for the next time. */
const KEPT = 6;

export interface CheckedOut {
  /** The project's folder in it, absolute. */
  readonly dir: string;
  readonly notes: readonly string[];
}

export const cacheOf = (dir: string): string => join(dir, ".lightfleet", "cache", "preview");

/**
 * A commit's files with their packages, below the cache, by the hash of its tree: made once, and again where it ran with packages of
 * the working tree that are not those of its lock file any more, or could not have its own.
 */
export async function checkOut(repository: Repository, commit: string, context: CommandContext): Promise<CheckedOut> {
  const trees = join(cacheOf(context.dir), "trees");
  const folder = join(trees, await treeOf(repository, commit));
  const places = (top: string): Places => ({
    top,
    project: join(top, repository.prefix),
    workingTop: repository.root,
  });
  const { project } = places(folder);
  const [made, ...known] = (await readIfThere(join(folder, READY)))?.split("\n") ?? [];
  if (made !== undefined && made === locksOf(await differingLocks(places(folder)))) {
    const now = new Date();
    await utimes(folder, now, now);
    return { dir: project, notes: known };
  }
  const making = `${folder}.${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await mkdir(trees, { recursive: true });
  const missing = await exportTree(repository, commit, making);
  const inside = places(making);
  const differing = await differingLocks(inside);
  const { notes, complete } = existsSync(inside.project)
    ? await providePackages(inside, differing, context.env)
    : { notes: [], complete: true };
  const all = [...missing, ...notes];
  await writeFile(join(making, READY), [complete ? locksOf(differing) : "to be made again", ...all].join("\n"));
  await rm(folder, { recursive: true, force: true });
  await rename(making, folder);
  await prune(trees);
  return { dir: project, notes: all };
}

/** Stands in a tree that is whole: which lock files are not the working tree's, and notes, one line each. */
const READY = ".lightfleet-ready";

const locksOf = (differing: ReadonlyMap<string, string>): string =>
  `locks ${[...differing].map(([folder, name]) => join(folder, name)).join(" ")}`;

async function prune(trees: string): Promise<void> {
  const names = await readdir(trees);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(trees, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const stale = aged.sort((a, b) => b.time - a.time).slice(KEPT);
  await Promise.all(stale.map(({ name }) => rm(join(trees, name), { recursive: true, force: true })));
}
