import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { readIfThere, upTo } from "./git.js";

/** Lock files, and the package manager that each belongs to. */
const LOCKS = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];
const PATIENCE = 180_000;

export interface Places {
  /** Top of the exported tree, and the project in it. */
  readonly top: string;
  readonly project: string;
  /** The same of the working tree. */
  readonly workingTop: string;
}

/**
 * Gives an exported tree its packages: those of the working tree where the lock files are the same, and its own where they differ.
 * @returns what a reader should know, one line each
 */
export async function providePackages({ top, project, workingTop }: Places, env: NodeJS.ProcessEnv): Promise<string[]> {
  const folders = upTo(top, project);
  const notes: string[] = [];
  for (const folder of folders) {
    const working = join(workingTop, relative(top, folder));
    if (existsSync(join(folder, "node_modules"))) continue;
    const differing = await differingLock(folder, working);
    if (differing !== undefined) {
      const failed = differing.endsWith(".json")
        ? await install(folder, env)
        : "only npm's lock files are installed from";
      if (failed === undefined) continue;
      notes.push(
        `its packages differ (${differing}) and could not be installed (${failed}): it ran with those of the working tree`,
      );
    }
    const packages = join(working, "node_modules");
    if (existsSync(packages)) await symlink(packages, join(folder, "node_modules"), "dir");
  }
  return notes;
}

async function differingLock(folder: string, working: string): Promise<string | undefined> {
  for (const name of LOCKS) {
    const own = await readIfThere(join(folder, name));
    if (own !== undefined && own !== (await readIfThere(join(working, name)))) return name;
  }
  return undefined;
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
