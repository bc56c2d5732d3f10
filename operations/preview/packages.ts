import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { readIfThere, upTo } from "./git.js";
import { linkPackages, type Tops } from "./link-packages.js";

/** Lock files, and the package manager that each belongs to. */
const LOCKS = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];
const PATIENCE = 180_000;

export interface Places extends Tops {
  /** The project's folder in the exported tree. */
  readonly project: string;
}

/** Lock files of a tree that are not the working tree's, by their folders below its top: one for each folder at most. */
export async function differingLocks({ top, project, workingTop }: Places): Promise<Map<string, string>> {
  const differing = new Map<string, string>();
  if (!existsSync(project)) return differing;
  for (const folder of upTo(top, project))
    for (const name of LOCKS) {
      const own = await readIfThere(join(folder, name));
      if (own === undefined || own === (await readIfThere(join(workingTop, relative(top, folder), name)))) continue;
      differing.set(relative(top, folder), name);
      break;
    }
  return differing;
}

/**
 * Gives an exported tree its packages: those of the working tree where the lock files are the same, and its own where they differ.
 * @returns what a reader should know, one line each, and whether all is as it should be
 */
export async function providePackages(
  places: Places,
  differing: ReadonlyMap<string, string>,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly notes: string[]; readonly complete: boolean }> {
  const notes: string[] = [];
  let complete = true;
  for (const folder of upTo(places.top, places.project)) {
    if (existsSync(join(folder, "node_modules"))) continue;
    const lock = differing.get(relative(places.top, folder));
    if (lock !== undefined) {
      const failed = lock.endsWith(".json") ? await install(folder, env) : "only npm's lock files are installed from";
      if (failed === undefined) continue;
      complete = false;
      notes.push(
        `its packages differ (${lock}) and could not be installed (${failed}): it ran with those of the working tree`,
      );
    }
    notes.push(...(await linkPackages(folder, places)));
  }
  return { notes, complete };
}

/** @returns why it failed */
function install(folder: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0"];
  const beside = join(dirname(process.execPath), "npm");
  const options = {
    cwd: folder,
    env: { ...env, PATH: env["PATH"] ?? `${dirname(process.execPath)}:/usr/bin:/bin` },
    timeout: PATIENCE,
  };
  return new Promise((done) => {
    execFile(existsSync(beside) ? beside : "npm", args, options, (error, _, stderr) => {
      const line = stderr.split("\n").find((text) => /npm (error|ERR!)/.test(text));
      done(error === null ? undefined : (line?.replace(/^npm (error|ERR!)\s*/, "").slice(0, 120) ?? "npm failed"));
    });
  });
}
