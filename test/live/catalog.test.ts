import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project, tempDir } from "../commands/project.js";
import { motoIsMissing, startMoto, type Moto } from "./moto.js";

const catalog = fileURLToPath(new URL("../../model/machines.json", import.meta.url));

describe.skipIf(motoIsMissing() !== undefined)("the catalog of machines", () => {
  let moto: Moto;
  let env: Record<string, string>;
  beforeAll(async () => {
    moto = await startMoto();
    env = { AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  });
  afterAll(() => moto.stop());

  test("is what EC2 describes, one line a type, in a checkout", async () => {
    const dir = await tempDir();
    await mkdir(join(dir, "model"));
    await writeFile(join(dir, "package.json"), '{"name":"lightfleet"}');
    await writeFile(join(dir, "model/machines.json"), "{}");
    const { document } = await cliJson(dir, ["catalog", "update", "--region", "us-east-1", "--source", "a test"], env);
    expect(document).toMatchObject({ ok: true, changed: true });
    const lines = JSON.parse(await readFile(join(dir, "model/machines.json"), "utf8"));
    expect(lines.source).toBe("a test");
    // A later moto may know more types, and no other facts about those that there were.
    const known: string[] = JSON.parse(await readFile(catalog, "utf8")).machines;
    expect(lines.machines).toEqual(expect.arrayContaining(known.filter((line) => /^[cmt][67]/.test(line))));
    expect(lines.machines).toEqual([...lines.machines].sort());
  });

  test("is regional in a project: zones that offer the machine types of its fleets", async () => {
    const dir = await project({ "main.ts": program("shop") });
    expect(await cliJson(dir, ["catalog", "update"], env)).toMatchObject({ document: { error: { code: "LF636" } } });
    expect((await cli(dir, ["synth"])).exitCode).toBe(0);
    const { document } = await cliJson(dir, ["catalog", "update"], env);
    expect(document).toMatchObject({ ok: true, changed: true, file: "lightfleet.lock.json" });
    const lock = JSON.parse(await readFile(join(dir, "lightfleet.lock.json"), "utf8"));
    expect(lock.offerings["eu-west-1"]["t4g.small"]).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect((await cliJson(dir, ["catalog", "update"], env)).document).toMatchObject({ changed: false });
    expect((await cli(dir, ["check"])).exitCode).toBe(0);
  });
});
