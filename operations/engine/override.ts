import { mkdir, readFile, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { replaceFile } from "../replace-file.js";

/** Beside the synthesized JSON, which stays as it is: what only this machine's environment decides. */
const OVERRIDE_FILE = "lightfleet_override.tf.json";

/** Writes the override beside the JSON, or takes away one that counts no longer. */
export async function writeOverride(stackDir: string, override: unknown): Promise<void> {
  const file = join(stackDir, OVERRIDE_FILE);
  if (override === undefined) await rm(file, { force: true });
  else await replaceFile(file, `${JSON.stringify(override, null, 2)}\n`);
}

/**
 * The engine's environment: the user's own, and a cache that all clusters share the providers of, which are large. What the
 * user's CLI configuration says of a cache goes first. Where a state is kept is said in the program alone: a workspace or a
 * data directory of the user's other projects counts for nothing.
 */
export async function engineEnvironment(users: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const env: NodeJS.ProcessEnv = { ...users, TF_WORKSPACE: undefined, TF_DATA_DIR: undefined };
  if ((env["TF_PLUGIN_CACHE_DIR"] ?? "") !== "" || (await configuresCache(env))) return env;
  const base = env["XDG_CACHE_HOME"] || join(env["HOME"] ?? homedir(), ".cache");
  const folder = resolve(base, "lightfleet", "providers");
  await mkdir(folder, { recursive: true });
  // The lock file is written anew where there is none: what was fetched before serves then, too.
  return { ...env, TF_PLUGIN_CACHE_DIR: folder, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true" };
}

async function configuresCache(env: NodeJS.ProcessEnv): Promise<boolean> {
  const file = env["TF_CLI_CONFIG_FILE"] ?? join(env["HOME"] ?? homedir(), ".terraformrc");
  const text = await readFile(file, "utf8").catch(() => "");
  return /^\s*plugin_cache_dir\s*=/m.test(text);
}
