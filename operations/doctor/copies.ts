import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Check } from "./check.js";

/** What a program and the library must share: two copies type-check, and then fail at synth. */
const SHARED = ["cdktf", "constructs"];

/** Whether the project, and what it installed, see one copy of each core library. */
export function checkCopies(dir: string): Check {
  const name = "core libraries";
  const places = [dir, folderOf("lightfleet", dir), folderOf("cdktf", folderOf("lightfleet", dir) ?? dir)];
  const found = SHARED.map((library) => {
    const copies = places.map((place) => (place === undefined ? undefined : folderOf(library, place)));
    return { library, copies: [...new Set(copies.filter((copy) => copy !== undefined))] };
  });
  const doubled = found.find(({ copies }) => copies.length > 1);
  if (doubled !== undefined) {
    return {
      name,
      status: "missing",
      detail: `there are ${doubled.copies.length} copies of ${doubled.library}: ${doubled.copies.join(", ")}`,
      hint: `make it one: 'npm ls ${doubled.library}' says who wants which version, 'npm dedupe' may be enough`,
      required: true,
    };
  }
  const versions = found.flatMap(({ library, copies: [copy] }) =>
    copy === undefined ? [] : `${library} ${versionOf(copy)}`,
  );
  const detail = versions.length === 0 ? "not installed in this folder" : `one copy each: ${versions.join(", ")}`;
  return { name, status: versions.length === 0 ? "missing" : "ok", detail, required: false };
}

/** The folder of a package, as code in another folder finds it; symbolic links resolved. */
function folderOf(name: string, from: string): string | undefined {
  const paths = createRequire(join(from, "index.js")).resolve.paths(name) ?? [];
  const own = versionFile(from, name);
  const folder = own ?? paths.map((path) => join(path, name)).find((path) => existsSync(join(path, "package.json")));
  return folder === undefined ? undefined : realpathSync(folder);
}

/** A package finds itself by its name. */
function versionFile(from: string, name: string): string | undefined {
  const file = join(from, "package.json");
  return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === name ? dirname(file) : undefined;
}

function versionOf(folder: string): string {
  return String(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version);
}
