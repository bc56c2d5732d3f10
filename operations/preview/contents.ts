import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** All files below a folder with their contents, to be compared; empty where there is none. */
export function contents(folder: string): string {
  return existsSync(folder)
    ? JSON.stringify(filesIn(folder, "").map((path) => [path, textOf(join(folder, path))]))
    : "[]";
}

/**
 * The same of what git tracks in a folder of the working tree: what a build makes beside it does not count.
 * @param path of the folder, relative to the top of the working tree
 */
export function trackedContents(
  { workingTop, tracked }: { readonly workingTop: string; readonly tracked: readonly string[] },
  path: string,
): string {
  const files = tracked.filter((file) => file.startsWith(`${path}/`)).map((file) => file.slice(path.length + 1));
  return JSON.stringify(files.sort().map((file) => [file, textOf(join(workingTop, path, file))]));
}

function filesIn(top: string, below: string): string[] {
  const entries = readdirSync(join(top, below), { withFileTypes: true });
  return entries
    .filter(({ name }) => name !== "node_modules" && name !== ".git")
    .flatMap((entry) => {
      const path = join(below, entry.name);
      return entry.isDirectory() ? filesIn(top, path) : [path];
    })
    .sort();
}

function textOf(file: string): string {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return "";
  if (stat.isSymbolicLink()) return `-> ${readlinkSync(file)}`;
  return stat.isFile() ? readFileSync(file, "base64") : "";
}
