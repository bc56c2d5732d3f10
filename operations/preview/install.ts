import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readIfThere } from "./git.js";

const PATIENCE = 180_000;

/**
 * Installs a folder's packages by its own lock file, without scripts; by its package.json where it has none.
 * @returns why it failed; undefined where it did not
 */
export async function install(folder: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const [program, ...args] = await commandFor(folder);
  const beside = join(dirname(process.execPath), program);
  const options = {
    cwd: folder,
    env: { ...withoutProject(env), PATH: env["PATH"] ?? `${dirname(process.execPath)}:/usr/bin:/bin` },
    timeout: PATIENCE,
  };
  return new Promise((done) => {
    execFile(existsSync(beside) ? beside : program, args, options, (error, stdout, stderr) => {
      if (error === null) return done(undefined);
      if (error.code === "ENOENT") return done(`${program} is not installed`);
      const lines = `${stderr}\n${stdout}`.split("\n");
      const line = lines.find((text) => /(npm (error|ERR!)|ERR_|error)/.test(text));
      done(line?.replace(/^npm (error|ERR!)\s*/, "").slice(0, 120) ?? `${program} failed`);
    });
  });
}

type Command = readonly [string, ...string[]];

async function commandFor(folder: string): Promise<Command> {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0"];
  const has = (name: string): boolean => existsSync(join(folder, name));
  if (has("package-lock.json") || has("npm-shrinkwrap.json")) return ["npm", "ci", ...quiet];
  if (has("pnpm-lock.yaml")) return ["pnpm", "install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline"];
  if (has("bun.lock")) return ["bun", "install", "--frozen-lockfile", "--ignore-scripts"];
  const yarn = await readIfThere(join(folder, "yarn.lock"));
  if (yarn === undefined) return ["npm", "install", "--no-package-lock", ...quiet];
  return yarn.includes("__metadata:")
    ? ["yarn", "install", "--immutable", "--mode=skip-build"]
    : ["yarn", "install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline"];
}

/**
 * An environment without what npm set for the script that this runs in: it hands down what the `.npmrc` of the working tree says, such as a
 * registry. What the user set is written in capitals, or in the user's own `.npmrc`, and stays.
 */
function withoutProject(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env["npm_execpath"] === undefined) return env;
  const kept = Object.entries(env).filter(([name]) => !/^npm_/.test(name) || name === "npm_config_userconfig");
  return Object.fromEntries(kept);
}
