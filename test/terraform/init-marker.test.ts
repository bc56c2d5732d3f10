import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forgetBrokenNote, isInitialized, markInitialized } from "../../terraform/init-marker.js";
import { fakeBinary, tempDir } from "./workspace.js";

const makeContext = async () => {
  const path = join(await fakeBinary("terraform", "true"), "terraform");
  return { engine: { name: "terraform", path, version: "1.9.0" } as const, cwd: await tempDir(), env: {} };
};

test("init is needed once, and again when its inputs change", async () => {
  const context = await makeContext();
  const settings = { required_providers: { aws: ">= 5.100.0" } };
  expect(await isInitialized(context, settings)).toBe(false);
  await markInitialized(context, settings);
  expect(await isInitialized(context, settings)).toBe(true);
  expect(await isInitialized(context, { ...settings, backend: "s3" })).toBe(false);
  expect(await isInitialized({ ...context, engine: { ...context.engine, version: "1.10.0" } }, settings)).toBe(false);
  await writeFile(join(context.cwd, ".terraform.lock.hcl"), "changed");
  expect(await isInitialized(context, settings)).toBe(false);
});

test("another CLI configuration needs another init", async () => {
  const context = await makeContext();
  const file = join(context.cwd, "cli.tfrc");
  await writeFile(file, "a");
  const configured = { ...context, env: { TF_CLI_CONFIG_FILE: file } };
  await markInitialized(configured, {});
  expect(await isInitialized(configured, {})).toBe(true);
  await writeFile(file, "b");
  expect(await isInitialized(configured, {})).toBe(false);
});

test.each(["", '{"version":3,"back'])(
  "a note of the engine that says %j is forgotten, and init is needed",
  async (text) => {
    const context = await makeContext();
    const note = join(context.cwd, ".terraform", "terraform.tfstate");
    await markInitialized(context, {});
    await writeFile(note, '{"version":3}');
    await forgetBrokenNote(context);
    expect(await isInitialized(context, {})).toBe(true);
    await writeFile(note, text);
    await forgetBrokenNote(context);
    expect(existsSync(note)).toBe(false);
    expect(await isInitialized(context, {})).toBe(false);
  },
);
