import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

describe.skipIf(!(await engineIsThere()))("a plan that is reviewed before it is applied", { timeout: 300_000 }, () => {
  test("is applied as it is, and refused once its ground has moved", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const planned = await cli(dir, ["diff", "--sandbox", "--plan", "shop.plan"]);
    expect(planned.exitCode).toBe(2);
    expect(planned.stdout).toContain("'lightfleet deploy --plan shop.plan' applies just that");
    const deployed = await cliJson(dir, ["deploy", "--sandbox", "--yes", "--plan", "shop.plan"]);
    expect(deployed.document).toMatchObject({ ok: true, clusters: [{ id: "shop", applied: true }] });

    const again = await cliJson(dir, ["deploy", "--sandbox", "--yes", "--plan", "shop.plan"]);
    expect(again.document).toMatchObject({ error: { code: "LF602" } });
    expect(JSON.stringify(again.document)).toContain("aws_vpc.cluster is new");

    await cli(dir, ["diff", "--sandbox", "--plan", "next.plan"]);
    await writeFile(join(dir, "main.ts"), program("shop", { image: "web:2" }));
    const moved = await cliJson(dir, ["deploy", "--sandbox", "--yes", "--plan", "next.plan"]);
    expect(moved.document).toMatchObject({ error: { code: "LF602" } });
    expect(JSON.stringify(moved.document)).toMatch(/the program: \S+ changed/);

    const elsewhere = await cliJson(dir, ["deploy", "--yes", "--plan", "next.plan"]);
    expect(elsewhere.document).toMatchObject({ error: { code: "LF603" } });

    const targeted = await cliJson(dir, ["diff", "--sandbox", "--target", "web"]);
    expect(targeted.document).toMatchObject({
      clusters: [{ summary: { changes: [{ address: "aws_s3_object.release", action: "update" }] } }],
    });
    const unknown = await cliJson(dir, ["diff", "--sandbox", "--target", "wbe"]);
    expect(unknown).toMatchObject({ exitCode: 64, document: { error: { code: "LF605" } } });

    const outputs = await cliJson(dir, ["outputs", "--sandbox"]);
    expect(outputs.document).toMatchObject({
      clusters: [{ id: "shop", outputs: { public_url: { sensitive: false } } }],
    });
  });
});
