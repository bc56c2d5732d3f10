import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, realpath, symlink } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { contents, trackedContents } from "./contents.js";
import { readIfThere, type Exported } from "./git.js";

/** Top folders of an exported tree, and of the working tree that it is of. */
export interface Tops {
  readonly top: string;
  readonly workingTop: string;
  /** Files that git tracks in the working tree, relative to its top. */
  readonly tracked: readonly string[];
}

/** Whether git tracks a path of the working tree, or anything below it. */
export const isTrackedBelow = ({ tracked }: Tops, path: string): boolean =>
  tracked.some((file) => file === path || file.startsWith(`${path}/`));

/**
 * Gives a folder of an exported tree the packages of the working tree. Those whose source is in the repository (workspaces, `file:`)
 * are the tree's own, so that a change of them is seen; one that a build makes is the working tree's where its source is the same.
 * @param folder of the tree
 */
export async function linkPackages(folder: string, tops: Tops): Promise<Exported> {
  const below = join(relative(tops.top, folder), "node_modules");
  const packages = join(tops.workingTop, below);
  const target = join(folder, "node_modules");
  const found: Exported = { notes: [], withheld: [] };
  if (!existsSync(packages) || existsSync(target)) return found;
  if (isTrackedBelow(tops, below)) return { ...found, withheld: [`git tracks ${below} in the working tree`] };
  const names = await namesIn(packages);
  const own = new Map<string, string>();
  for (const name of names) {
    const source = await sourceOf(join(packages, name), tops);
    if (source !== undefined) own.set(name, source);
  }
  if (own.size === 0) {
    await symlink(packages, target, "dir");
    return found;
  }
  for (const name of names) {
    const source = own.get(name);
    const built = source !== undefined && (await isBuilt(join(tops.top, source), join(tops.workingTop, source)));
    if (built && contents(join(tops.top, source)) !== trackedContents(tops, source))
      found.withheld.push(
        `the package ${name} is built, and its source in the working tree is another: commit what it runs with`,
      );
    else if (built)
      found.notes.push(`the package ${name} is built, and not in git as it runs: it ran with the working tree's`);
    const beside = dirname(join(target, name));
    await mkdir(beside, { recursive: true });
    // Relative within the tree, since it is made beside its place and moved there.
    const link = source === undefined || built ? join(packages, name) : relative(beside, join(tops.top, source));
    await symlink(link, join(target, name), "dir");
    if (source === undefined || built) continue;
    const inner = await linkPackages(join(tops.top, source), tops);
    found.notes.push(...inner.notes);
    found.withheld.push(...inner.withheld);
  }
  return found;
}

/** Names of packages in a `node_modules`, those with a scope too. */
async function namesIn(packages: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of (await readdir(packages)).sort()) {
    const scoped = name.startsWith("@") && !(await lstat(join(packages, name))).isSymbolicLink();
    names.push(...(scoped ? (await readdir(join(packages, name))).sort().map((one) => join(name, one)) : [name]));
  }
  return names;
}

/** Where in the repository a package's source is; undefined where it is elsewhere, or not in the tree. */
async function sourceOf(link: string, { top, workingTop }: Tops): Promise<string | undefined> {
  if (!(await lstat(link)).isSymbolicLink()) return undefined;
  const real = await realpath(link).catch(() => undefined);
  const path = real === undefined ? ".." : relative(await realpath(workingTop), real);
  const parts = path.split(sep);
  if (path === "" || parts[0] === ".." || parts.includes("node_modules")) return undefined;
  return existsSync(join(top, path, "package.json")) ? path : undefined;
}

/** Whether what a package runs with is made by a build: the working tree has it, and git has not. */
async function isBuilt(folder: string, working: string): Promise<boolean> {
  const text = await readIfThere(join(folder, "package.json"));
  const { main, module, exports: entries }: Record<string, unknown> = parse(text ?? "{}");
  return [main, module, entries]
    .flatMap(filesIn)
    .some((file) => existsSync(join(working, file)) && !existsSync(join(folder, file)));
}

const filesIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(filesIn)
      : [];

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
