import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** A folder of its own for the running test. */
export async function tempDir(): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), "lightfleet-project-")));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A project of its own for the running test, with these files; Lightfleet is installed in it. */
export async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await tempDir();
  const all = { "package.json": '{"type":"module"}', "cdktf.json": '{"app":"main.ts"}', ...files };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  await installLightfleet(dir);
  return dir;
}

/** Makes a folder find this checkout as the package `lightfleet`. */
export async function installLightfleet(dir: string): Promise<void> {
  await mkdir(join(dir, "node_modules"), { recursive: true });
  await symlink(REPOSITORY, join(dir, "node_modules", "lightfleet"), "dir");
}

/** A line of a program that tells its host of a synthesis without any constructs, and prints a value. */
export const reports = (expression: string): string =>
  [
    `console.log(${expression});`,
    `process.getBuiltinModule("node:fs").writeFileSync(process.env["CDKTF_OUTDIR"] + "/manifest.json", '{"stacks":{}}');`,
    `globalThis[Symbol.for("lightfleet.host")].synthesized({ outdir: process.env["CDKTF_OUTDIR"], clusters: [] });`,
  ].join("");
