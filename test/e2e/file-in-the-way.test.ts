import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project, tempDir } from "../commands/project.js";

test.each([".lightfleet", "cdktf.out"])("a file in the place of %s is told, and is no bug", async (name) => {
  const dir = await project({ "main.ts": program("shop"), [name]: "mine" });
  const { exitCode, document, stderr } = await cliJson(dir, ["synth"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { error: { code: "LF640" } } });
  expect(JSON.stringify(document)).toContain(name);
  expect(stderr).not.toContain("bug");
});

test("a folder in the place of what is written is told", async () => {
  const dir = await project({ "main.ts": program("shop") });
  await mkdir(join(dir, "cdktf.out/stacks/shop/cdk.tf.json"), { recursive: true });
  expect((await cliJson(dir, ["synth"])).document).toMatchObject({ error: { code: "LF640" } });
});

test("no project is made in a file", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "cluster.ts"), "mine");
  expect(await cliJson(dir, ["init", "cluster.ts"])).toMatchObject({
    exitCode: 64,
    document: { error: { code: "LF050" } },
  });
});

test("an illegal id of a cluster is shown as it was written", async () => {
  const dir = await project({ "main.ts": program("My Shop!") });
  const { stderr } = await cli(dir, ["synth"]);
  expect(stderr).toContain("[My Shop!]");
});

test("a cluster that the sandbox has not cannot be reset", async () => {
  const dir = await project({ "main.ts": program("shop") });
  expect((await cliJson(dir, ["sandbox", "reset", "nope"])).document).toMatchObject({ ok: true, existed: false });
  await mkdir(join(dir, ".lightfleet/sandbox/clusters/shop"), { recursive: true });
  expect(await cliJson(dir, ["sandbox", "reset", "nope"])).toMatchObject({
    exitCode: 64,
    document: { error: { code: "LF642", message: expect.stringContaining("shop") } },
  });
  expect((await cliJson(dir, ["sandbox", "reset", "shop"])).document).toMatchObject({ ok: true, cluster: "shop" });
});
