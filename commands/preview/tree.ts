import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandContext } from "../context.js";
import { exportTree, readIfThere, treeOf, type Repository } from "./git.js";
import { providePackages } from "./packages.js";

/** Trees that are kept for the next time. */
const KEPT = 6;

export interface CheckedOut {
  /** The project's folder in it, absolute. */
  readonly dir: string;
  readonly notes: readonly string[];
}

export const cacheOf = (dir: string): string => join(dir, ".lightfleet", "cache", "preview");

/** A commit's files with their packages, below the cache, by the hash of its tree: made once. */
export async function checkOut(repository: Repository, commit: string, context: CommandContext): Promise<CheckedOut> {
  const trees = join(cacheOf(context.dir), "trees");
  const folder = join(trees, await treeOf(repository, commit));
  const ready = join(folder, ".lightfleet-ready");
  const project = join(folder, repository.prefix);
  const known = await readIfThere(ready);
  if (known !== undefined) {
    const now = new Date();
    await utimes(folder, now, now);
    return { dir: project, notes: known.split("\n").filter(Boolean) };
  }
  const making = `${folder}.${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await mkdir(trees, { recursive: true });
  const missing = await exportTree(repository, commit, making);
  const places = { top: making, project: join(making, repository.prefix), workingTop: repository.root };
  const notes = [...missing, ...(existsSync(places.project) ? await providePackages(places, context.env) : [])];
  await writeFile(join(making, ".lightfleet-ready"), notes.join("\n"));
  await rm(folder, { recursive: true, force: true });
  await rename(making, folder);
  await prune(trees);
  return { dir: project, notes };
}

async function prune(trees: string): Promise<void> {
  const names = await readdir(trees);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(trees, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const stale = aged.sort((a, b) => b.time - a.time).slice(KEPT);
  await Promise.all(stale.map(({ name }) => rm(join(trees, name), { recursive: true, force: true })));
}
