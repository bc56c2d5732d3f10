import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findEngine } from "../../terraform/engine.js";
import type { EngineContext } from "../../terraform/run.js";

/** A directory of its own for the running test. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "lightfleet-terraform-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A root module with this configuration, and the engine that the machine has. */
export async function workspace(config: unknown): Promise<EngineContext> {
  const cwd = await tempDir();
  await writeFile(join(cwd, "cdk.tf.json"), JSON.stringify(config));
  const env = { ...process.env };
  delete env["LIGHTFLEET_ENGINE"];
  return { engine: await findEngine(env, cwd), cwd, env };
}

/** Whether this machine has an engine at all; says so where it has none. */
export async function engineIsThere(): Promise<boolean> {
  const found = await findEngine(process.env).then(
    () => true,
    () => false,
  );
  if (!found) process.stderr.write("skipped: no terraform or tofu on PATH\n");
  return found;
}

/** A folder with one executable script, to be put on PATH. */
export async function fakeBinary(name: string, script: string): Promise<string> {
  const dir = join(await tempDir(), "bin");
  await mkdir(dir);
  await writeFile(join(dir, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, name), 0o755);
  return dir;
}
