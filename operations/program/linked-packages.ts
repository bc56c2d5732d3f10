import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { OnResolveArgs, OnResolveResult, Plugin } from "esbuild";

/** Always the project's own copies: a program and the library must share them. */
export const SHARED = ["lightfleet", "cdktf", "cdktn", "constructs"];

/** What esbuild writes of an import that it leaves outside. */
const IMPORT = /(?:\bfrom|\bimport|require)\s*\(?\s*"([^"\n]+)"/g;
const TYPESCRIPT = /\.[cm]?tsx?$/;
/** No path, and none of `node:`. */
const BARE = /^[^./\\#]/;
const ASKED = "asked by this plugin";

/**
 * Whether code imports a package that is linked into a project, as package managers do with workspaces: what it exports may be
 * TypeScript, which Node does not load everywhere. It may be wrong where a text holds such words: that costs time only.
 */
export function importsLinked(code: string, dir: string): boolean {
  return [...code.matchAll(IMPORT)].some(([, path = ""]) => BARE.test(path) && isLinked(path, dir));
}

/**
 * Bundles what linked packages have in TypeScript. All other packages stay outside, and are found from where they are imported:
 * a workspace may have packages of its own.
 * @param dir the project's folder
 */
export const linkedPackages = (dir: string): Plugin => ({
  name: "lightfleet-linked-packages",
  setup(build) {
    build.onResolve({ filter: BARE }, async (args): Promise<OnResolveResult | undefined> => {
      if (args.kind === "entry-point" || args.pluginData === ASKED || isShared(args.path)) return undefined;
      const { kind, importer } = args;
      const find = (resolveDir: string) =>
        build.resolve(args.path, { kind, importer, resolveDir, pluginData: ASKED, pluginName: "lightfleet" });
      const found = await find(args.resolveDir);
      const outside: OnResolveResult = { path: args.path, external: true };
      if (found.external || found.errors.length > 0) return outside;
      if (!isInstalled(found.path) && (TYPESCRIPT.test(found.path) || !isLinked(args.path, args.resolveDir)))
        return found;
      const same = (await find(dir)).path === found.path;
      return same ? outside : { path: importPath(args, found.path), external: true };
    });
  },
});

const isShared = (path: string): boolean => SHARED.some((name) => path === name || path.startsWith(`${name}/`));

const isInstalled = (file: string): boolean => file.split(sep).includes("node_modules");

const importPath = ({ kind }: OnResolveArgs, file: string): string =>
  kind === "require-call" || kind === "require-resolve" ? file : pathToFileURL(file).href;

/** Whether the package of an import, as found from a folder upwards, is a link to a folder that is not among installed packages. */
function isLinked(path: string, from: string): boolean {
  const [first = "", second = ""] = path.split("/");
  const name = first.startsWith("@") ? join(first, second) : first;
  if (isShared(name) || path.startsWith("node:")) return false;
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) return !isInstalled(realOf(place));
    if (dirname(folder) === folder) return false;
  }
}

/** Of a link that leads nowhere, the link itself. */
function realOf(place: string): string {
  try {
    return realpathSync(place);
  } catch {
    return place;
  }
}
