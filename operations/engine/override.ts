import { mkdir, readFile, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { replaceFile } from "../replace-file.js";
import { backendOverride, providerOverride, readEndpoints, type Endpoints } from "../../stacks/aws/engine/endpoints.js";
import { fieldOf, isRecord } from "../../lib/records.js";

/** Beside the synthesized JSON, which stays as it is: what only this machine's environment decides. */
const OVERRIDE_FILE = "lightfleet_override.tf.json";

/**
 * What of the environment the engine has to be told in its own words: other endpoints than AWS's, for the provider and for
 * the state. Undefined where there is nothing to tell.
 * @param root the synthesized JSON
 */
export function overrideFor(root: unknown, env: NodeJS.ProcessEnv): Readonly<Record<string, unknown>> | undefined {
  const endpoints = readEndpoints(env);
  const aws = providerOverride(endpoints);
  if (aws === undefined) return undefined;
  const s3 = fieldOf(fieldOf(fieldOf(root, "terraform"), "backend"), "s3");
  // A backend in an override takes the place of the whole block.
  const backend = isRecord(s3) ? { terraform: { backend: { s3: { ...s3, ...backendOverride(endpoints) } } } } : {};
  return { ...backend, provider: { aws }, ...withoutTlsRule(root, endpoints) };
}

/** The bucket's policy refuses what comes without TLS: at an endpoint that speaks plain HTTP it would refuse all. */
function withoutTlsRule(root: unknown, { s3 = "" }: Endpoints): Readonly<Record<string, unknown>> {
  const policies = fieldOf(fieldOf(root, "resource"), "aws_s3_bucket_policy");
  if (!s3.startsWith("http:") || fieldOf(policies, "cluster") === undefined) return {};
  return { resource: { aws_s3_bucket_policy: { cluster: { count: 0 } } } };
}

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
