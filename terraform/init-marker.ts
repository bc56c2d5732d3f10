import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { EngineContext } from "./run.js";

/** Left in the engine's data directory after a successful `init`: a hash of all that it depended on. */
const MARK = "lightfleet.json";
/** What the engine itself leaves there: the backend that it was prepared for. */
const NOTE = "terraform.tfstate";
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

/**
 * Takes away what the engine noted of its backend where that was cut off, with our own mark: `init` writes it anew, and fails
 * where it is there.
 */
export async function forgetBrokenNote(context: EngineContext): Promise<void> {
  const note = join(dataDir(context), NOTE);
  if (!existsSync(note) || (await readNote(dataDir(context))) !== undefined) return;
  await rm(note, { force: true });
  await rm(markOf(context), { force: true });
}

/** What the engine noted of its backend in its data directory; undefined where there is none, or it was cut off. */
export async function readNote(dataDir: string): Promise<unknown> {
  try {
    return JSON.parse(await readOptional(join(dataDir, NOTE)));
  } catch {
    return undefined;
  }
}

const dataDir = ({ cwd, env }: EngineContext): string => resolve(cwd, env["TF_DATA_DIR"] ?? ".terraform");
const markOf = (context: EngineContext): string => join(dataDir(context), MARK);

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
