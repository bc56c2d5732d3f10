import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

const main = (size: string, image: string): string =>
  program("shop", { image }).replace("size: 1 });\nconst web", `size: ${size} });\nconst web`);

describe.skipIf(!(await engineIsThere()))("a group that was scaled within its bounds", { timeout: 300_000 }, () => {
  test("stays as it is at a deploy of another image, and moves along with its bounds alone", async () => {
    const dir = await project({ "main.ts": main("{ min: 3, max: 9 }", "web:1") });
    const deploy = async (size: string, image: string): Promise<number> => {
      await writeFile(join(dir, "main.ts"), main(size, image));
      expect((await cli(dir, ["deploy", "--sandbox", "--yes"])).exitCode).toBe(0);
      return desired();
    };
    const group = async (): Promise<string> => {
      const store = join(dir, ".lightfleet/sandbox/store");
      const all = await readdir(store, { recursive: true });
      for (const name of all.filter((one) => /\/aws_autoscaling_group\/.*\.json$/.test(one)))
        if ((await readFile(join(store, name), "utf8")).includes('"shop-core"')) return join(store, name);
      throw new Error("there is no group");
    };
    const desired = async (): Promise<number> =>
      Number(/"desired_capacity": ?(\d+)/.exec(await readFile(await group(), "utf8"))?.[1]);

    expect(await deploy("{ min: 3, max: 9 }", "web:1")).toBe(3);
    const file = await group();
    await writeFile(file, (await readFile(file, "utf8")).replace(/("desired_capacity": ?)3/, "$17"));
    expect((await cliJson(dir, ["drift", "--sandbox"])).document).toMatchObject({ ok: true, drift: false });
    expect(await deploy("{ min: 3, max: 9 }", "web:2")).toBe(7);
    expect(await deploy("{ min: 3, max: 9, desired: 4 }", "web:2")).toBe(7);
    expect(await deploy("{ min: 8, max: 9 }", "web:2")).toBe(8);
    expect(await deploy("{ min: 2, max: 5 }", "web:2")).toBe(5);
    expect((await cliJson(dir, ["drift", "--sandbox"])).document).toMatchObject({ ok: true, drift: false });
    expect(await deploy("{ min: 2, max: 5, desired: 4, keepDesired: true }", "web:2")).toBe(4);
    expect(await deploy("3", "web:2")).toBe(3);
  });
});
