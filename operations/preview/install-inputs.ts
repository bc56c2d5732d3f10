import { join } from "node:path";
import { contents } from "./contents.js";
import { readIfThere } from "./git.js";
import { isTrackedBelow, type Tops } from "./link-packages.js";

/** Lock files of package managers. */
const LOCKS = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];
/** Where package managers are told where packages come from, and what is changed in them. */
const SETTINGS = [".npmrc", ".yarnrc", ".yarnrc.yml", ".pnpmfile.cjs", "pnpm-workspace.yaml", "bunfig.toml"];
const PATCHES = ["patches", ".yarn/patches"];
const FIELDS = [
  ...["dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "overrides", "resolutions"],
  ...["pnpm", "workspaces", "packageManager", "patchedDependencies"],
];
/** Scripts that run at an install of the project itself. */
const SCRIPTS = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];

/**
 * What makes the packages of a folder other than those that lie in the same folder of the working tree.
 * @param folder of an exported tree
 * @param below the same, relative to its top
 * @returns the first that differs, as in `package-lock.json`; undefined where nothing does
 */
export async function differingInput(folder: string, below: string, tops: Tops): Promise<string | undefined> {
  const working = join(tops.workingTop, below);
  // Packages in git are head's own files, whatever its lock file says.
  const packages = join(below, "node_modules");
  if (isTrackedBelow(tops, packages)) return "node_modules, which git tracks";
  for (const name of [...LOCKS, ...SETTINGS]) {
    const own = await readIfThere(join(folder, name));
    const theirs = await readIfThere(join(working, name));
    if (own !== theirs && (own !== undefined || tops.tracked.includes(join(below, name)))) return name;
  }
  for (const name of PATCHES) if (contents(join(folder, name)) !== contents(join(working, name))) return name;
  const [own, theirs] = await Promise.all([manifestOf(folder), manifestOf(working)]);
  return own === theirs ? undefined : "package.json";
}

/** What of a manifest an install is made from. */
async function manifestOf(folder: string): Promise<string> {
  const text = (await readIfThere(join(folder, "package.json"))) ?? "{}";
  try {
    const manifest: Record<string, unknown> = JSON.parse(text);
    const scripts = Object.entries(manifest["scripts"] ?? {}).filter(([name]) => SCRIPTS.includes(name));
    return JSON.stringify([FIELDS.map((name) => manifest[name] ?? null), scripts]);
  } catch {
    return text;
  }
}
