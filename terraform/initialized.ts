import { createHash } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { EngineContext } from "./run.js";

/** Left in the engine's data directory after a successful `init`: a hash of all that it depended on. */
const MARK = "lightfleet.json";
const LOCK = ".terraform.lock.hcl";

/**
 * Whether `init` may be skipped: nothing that it reads has changed since {@link markInitialized}.
 * @param settings the `terraform` block of the root module, and whatever else init depends on, as JSON values
 */
export async function isInitialized(context: EngineContext, settings: unknown): Promise<boolean> {
  const mark = await readOptional(markOf(context));
  return mark !== "" && mark === (await fingerprint(context, settings));
}

/** Remembers that `init` went through with these settings. */
export async function markInitialized(context: EngineContext, settings: unknown): Promise<void> {
  const path = markOf(context);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await fingerprint(context, settings));
}

function markOf({ cwd, env }: EngineContext): string {
  return join(resolve(cwd, env["TF_DATA_DIR"] ?? ".terraform"), MARK);
}

async function fingerprint({ engine, cwd, env }: EngineContext, settings: unknown): Promise<string> {
  const { size, mtimeMs } = await stat(engine.path);
  const config = env["TF_CLI_CONFIG_FILE"];
  const inputs = [
    { name: engine.name, version: engine.version, path: engine.path, size, mtimeMs },
    settings,
    await readOptional(join(cwd, LOCK)),
    config === undefined ? "" : await readOptional(config),
    [env["TF_PLUGIN_CACHE_DIR"], env["TF_DATA_DIR"]].map((value) => value ?? ""),
  ];
  return `${JSON.stringify({ init: createHash("sha256").update(JSON.stringify(inputs)).digest("hex") })}\n`;
}

async function readOptional(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}
