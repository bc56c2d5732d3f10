import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { cleanEnv, cli, cliJson } from "../commands/cli.js";
import { installLightfleet, tempDir } from "../commands/project.js";

test("a new project synthesizes, and passes its own test, which fails where the program is refused", async () => {
  const dir = join(await tempDir(), "My Shop 2");
  const { exitCode, stdout } = await cli(join(dir, ".."), ["init", "My Shop 2"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('cd "My Shop 2"');
  expect(stdout).toContain("npx lightfleet deploy --sandbox");
  const manifest: unknown = JSON.parse(await readFile(join(dir, "package.json"), "utf8"));
  expect(manifest).toMatchObject({ name: "my-shop-2", type: "module", dependencies: { lightfleet: /^\^\d/ } });

  await installLightfleet(dir, ["vitest"]);
  const { document } = await cliJson(dir, ["synth"]);
  expect(document).toMatchObject({ ok: true, clusters: [{ id: "my-shop-2" }], otherStacks: [] });
  const ownTest = () =>
    promisify(execFile)(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], { cwd: dir, env: cleanEnv() });
  await expect(ownTest()).resolves.toMatchObject({ stdout: /1 passed/ });

  const source = await readFile(join(dir, "cluster.ts"), "utf8");
  await writeFile(
    join(dir, "cluster.ts"),
    source.replace('"core"', '"Core!"').replace("min: 2, max: 4", "min: 4, max: 2"),
  );
  await expect(ownTest()).rejects.toMatchObject({ code: 1, stderr: /LF001.*'Core!'[^]*LF006/ });
});

test("a folder may be called what a cluster may not", async () => {
  const dir = join(await tempDir(), "cluster");
  expect((await cliJson(join(dir, ".."), ["init", "cluster"])).exitCode).toBe(0);
  await installLightfleet(dir);
  expect((await cliJson(dir, ["synth"])).document).toMatchObject({ ok: true, clusters: [{ id: "my-cluster" }] });
});

test("what is there already is left alone, and named", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "main.ts"), "mine");
  const first = await cliJson(dir, ["init"]);
  expect(first.document).toMatchObject({ ok: true, dir, kept: ["main.ts"] });
  expect(await readFile(join(dir, "main.ts"), "utf8")).toBe("mine");
  const second = await cliJson(dir, ["init"]);
  expect(second.document).toMatchObject({ created: [] });
});
