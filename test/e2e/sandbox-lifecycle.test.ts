import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { project, program } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

describe.skipIf(!(await engineIsThere()))("in the sandbox", { timeout: 300_000 }, () => {
  test("a cluster is deployed, changed, and destroyed", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const nothing = await cliJson(dir, ["diff", "--sandbox"]);
    expect({ exitCode: nothing.exitCode, document: nothing.document }).toMatchObject({
      exitCode: 2,
      document: { changes: true, clusters: [{ id: "shop", summary: { counts: { destroy: 0 } } }] },
    });

    const deployed = await cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    expect(deployed.stderr).toMatch(/\+ aws_vpc\.cluster created (\(\d+ s\) )?\d+\/\d+/);
    expect({ exitCode: deployed.exitCode, document: deployed.document }).toMatchObject({
      exitCode: 0,
      document: {
        ok: true,
        clusters: [
          {
            ...{ id: "shop", applied: true },
            outputs: { public_url: { sensitive: false, value: /^http:/ } },
            status: { deployed: true, services: [{ id: "web", image: "web:1", replicas: 1, on: ["core"] }] },
          },
        ],
      },
    });

    const again = await cliJson(dir, ["deploy", "--sandbox"]);
    expect(again.document).toMatchObject({ ok: true, clusters: [{ applied: false }] });
    expect((await cli(dir, ["diff", "--sandbox"])).exitCode).toBe(0);

    await writeFile(join(dir, "main.ts"), program("shop", { image: "web:2" }));
    const changed = await cli(dir, ["diff", "--sandbox"]);
    expect(changed.exitCode).toBe(2);
    expect(changed.stdout).toContain("shop: 1 to change\n");
    expect(changed.stdout).toContain('"web:1" -> "web:2"');

    const status = await cliJson(dir, ["status", "--sandbox"]);
    expect(status.document).toMatchObject({
      clusters: [
        {
          fleets: [
            { id: "control", role: "control", running: 1 },
            { id: "core", desired: 1, running: 1, spot: 0, zones: { "eu-west-1a": 1, "eu-west-1b": 0 } },
          ],
          gateways: [{ id: "public", routes: [{ path: "/", service: "web", port: 80, targets: [/^i-/] }] }],
        },
      ],
    });

    const destroyed = await cli(dir, ["destroy", "--sandbox", "--yes"]);
    expect({ exitCode: destroyed.exitCode, end: destroyed.stdout.endsWith("shop: destroyed\n") }).toEqual({
      exitCode: 0,
      end: true,
    });
    const after = await cliJson(dir, ["status", "--sandbox"]);
    expect(after.document).toMatchObject({ clusters: [{ deployed: false, objects: 0 }] });
  });

  test("a plan that is not confirmed is an error where nobody can be asked, and nothing is changed", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode, document } = await cliJson(dir, ["deploy", "--sandbox"]);
    expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { ok: false, error: { code: "LF058" } } });
    expect(existsSync(join(dir, ".lightfleet/sandbox/clusters/shop/lightfleet.tfplan"))).toBe(false);
    expect((await cliJson(dir, ["status", "--sandbox"])).document).toMatchObject({ clusters: [{ deployed: false }] });
  });

  test("reset forgets everything, and a deploy starts anew", async () => {
    const dir = await project({ "main.ts": program("shop") });
    expect((await cliJson(dir, ["sandbox", "reset"])).document).toMatchObject({
      ok: true,
      existed: false,
      cluster: null,
    });
    await cli(dir, ["deploy", "--sandbox", "--yes"]);
    expect((await cliJson(dir, ["sandbox", "reset", "shop"])).document).toMatchObject({
      existed: true,
      cluster: "shop",
    });
    expect((await cliJson(dir, ["status", "--sandbox"])).document).toMatchObject({ clusters: [{ deployed: false }] });
    const again = await cliJson(dir, ["diff", "--sandbox"]);
    expect(again.document).toMatchObject({ clusters: [{ summary: { counts: { update: 0 } } }] });
  });
});
