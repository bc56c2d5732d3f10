import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

/** The sandbox's files for objects of a type. */
async function filesOf(dir: string, type: string): Promise<string[]> {
  const store = join(dir, ".lightfleet/sandbox/store");
  const all = await readdir(store, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => file.includes(`/${type}/`));
}

describe.skipIf(!(await engineIsThere()))("in the sandbox", { timeout: 300_000 }, () => {
  test("what is changed by hand is found, told by attribute, and put right", async () => {
    const dir = await project({ "main.ts": program("shop", { size: 2 }) });
    expect((await cli(dir, ["deploy", "--sandbox", "--yes"])).exitCode).toBe(0);
    const still = await cliJson(dir, ["drift", "--sandbox"]);
    expect(still).toMatchObject({ exitCode: 0, document: { ok: true, drift: false } });

    const groups = await filesOf(dir, "aws_autoscaling_group");
    for (const file of groups) {
      const text = await readFile(file, "utf8");
      if (text.includes('"shop-core"')) await writeFile(file, text.replace(/("max_size": ?)2\b/, "$17"));
    }
    const parameters = await filesOf(dir, "aws_ssm_parameter");
    await rm(parameters[0]!);

    const found = await cliJson(dir, ["drift", "shop", "--sandbox"]);
    expect(found).toMatchObject({
      exitCode: 2,
      document: {
        drift: true,
        clusters: [
          {
            ...{ id: "shop", fix: "lightfleet deploy shop --sandbox" },
            resources: [
              {
                ...{ address: "aws_autoscaling_group.core", what: "changed", declared: true },
                attributes: [{ path: "max_size", before: 2, after: 7, inProgram: "size.max of 'core'" }],
              },
              { address: "aws_ssm_parameter.settings", what: "gone", attributes: [] },
            ],
          },
        ],
      },
    });
    const { stdout } = await cli(dir, ["drift", "--sandbox"]);
    expect(stdout).toContain("      max_size: 2 -> 7\n      to keep it, let size.max of 'core' be 7\n");
    expect(stdout).toContain("put it right with: lightfleet deploy shop --sandbox\n");
    expect((await cli(dir, ["deploy", "--sandbox", "--yes"])).exitCode).toBe(0);
    expect((await cli(dir, ["drift", "--sandbox"])).exitCode).toBe(0);
  });
});
