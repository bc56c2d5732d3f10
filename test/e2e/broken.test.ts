import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenPrograms, type Broken } from "../program/broken.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CLI = join(ROOT, "dist/bin/lightfleet.js");
/** Those that differ for the CLI; test/constructs/broken.test.ts runs all. */
const CHOSEN = ["five-mistakes", "unknown-machine", "edge-to-itself", "no-cluster", "duplicate-name"];

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "lightfleet-broken-"));
  mkdirSync(join(dir, "node_modules"));
  symlinkSync(ROOT, join(dir, "node_modules/lightfleet"), "dir");
  symlinkSync(join(ROOT, "node_modules/constructs"), join(dir, "node_modules/constructs"), "dir");
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** A project of that program. */
function project({ name, file }: Broken): string {
  const folder = join(dir, name);
  mkdirSync(folder);
  copyFileSync(file, join(folder, "main.ts"));
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: "main.ts" }));
  return folder;
}

test.for(brokenPrograms.filter(({ name }) => CHOSEN.includes(name)))(
  "synth of $name ends with 1 and names each line",
  async (program, { skip }) => {
    skip(!existsSync(CLI), "the CLI is not built");
    const folder = project(program);
    const done = await execa(process.execPath, [CLI, "synth", "-C", folder], { reject: false });
    expect(done.exitCode).toBe(1);
    expect(done.stdout).toBe("");
    const places = [...done.stderr.matchAll(/main\.ts:(\d+):\d+ (LF\d{3}) /g)];
    expect(places.map(([, line, code]) => ({ code, line: Number(line) }))).toEqual(program.expected);
    expect(existsSync(join(folder, "cdktf.out/stacks/shop"))).toBe(false);
  },
);
