import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { project, program } from "../commands/project.js";

test("synth says what it wrote, and what the program prints stays out of the result", async () => {
  const other = `import { TerraformStack } from "cdktf"; new TerraformStack(app, "mine"); console.log("from the program");`;
  const dir = await project({ "main.ts": program("shop", { more: other }) });
  const { exitCode, stderr, document } = await cliJson(dir, ["synth"]);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^from the program\n/);
  expect(document).toEqual({
    ok: true,
    command: "synth",
    outdir: join(dir, "cdktf.out"),
    clusters: [
      {
        id: "shop",
        stackDir: join(dir, "cdktf.out/stacks/shop"),
        stackFile: join(dir, "cdktf.out/stacks/shop/cdk.tf.json"),
        modelFile: join(dir, "cdktf.out/shop/model.json"),
        needs: [],
      },
    ],
    otherStacks: ["mine"],
    findings: { errors: 0, warnings: expect.any(Number), notes: 0, acknowledged: 0 },
  });
});

test("synth --verbose tells how large the boot data of each fleet is", async () => {
  const dir = await project({ "main.ts": program("shop") });
  const { document } = await cliJson(dir, ["synth", "--verbose"]);
  const sizes = { cluster: "shop", bytes: expect.any(Number), limit: 16_384 };
  expect(document).toMatchObject({
    bootData: [
      { ...sizes, fleet: "control" },
      { ...sizes, fleet: "core" },
    ],
  });
  const { stdout } = await cli(dir, ["synth", "--verbose"]);
  expect(stdout).toMatch(/boot data of control {2}\d+ of 16384 bytes/);
});

test("synth of the same program gives the same bytes, from any folder", async () => {
  const [one, two] = [await project({ "main.ts": program("shop") }), await project({ "main.ts": program("shop") })];
  await cli(one, ["synth"]);
  await cli("/", ["synth", "-C", two]);
  for (const file of ["cdktf.out/shop/model.json", "cdktf.out/stacks/shop/cdk.tf.json"])
    expect(await readFile(join(one, file), "utf8")).toBe(await readFile(join(two, file), "utf8"));
});

test("what is wrong with a program is told all at once, with lines", async () => {
  const more = `new Service(cluster, "a", { on: core, image: "a:1", memory: "64 MB" as never });\nnew Service(cluster, "b", { on: [], image: "b:1" });`;
  const dir = await project({ "main.ts": program("shop", { more }) });
  const { exitCode, document } = await cliJson(dir, ["synth"]);
  expect({ exitCode, document }).toMatchObject({
    exitCode: 1,
    document: { ok: false, error: { code: "LF040", kind: "config" } },
  });
  const human = await cli(dir, ["synth"]);
  expect(human.exitCode).toBe(1);
  expect(human.stderr).toMatch(/main\.ts:8:\d+ LF003 \[shop\/a\]/);
  expect(human.stderr).toMatch(/main\.ts:9:\d+ LF007 \[shop\/b\]/);
});
