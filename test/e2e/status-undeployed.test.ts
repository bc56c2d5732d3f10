import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

const shop = ({ fleet = "core", image = "web:1", replicas = 2, path = "/", more = "" } = {}): string => `
import { App, aws, Cluster, Fleet, Gateway, Service } from "lightfleet";
const app = new App();
const cluster = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 2 }), control: { size: 1 } });
const core = new Fleet(cluster, "${fleet}", { machine: "t4g.small", size: 2 });
const web = new Service(cluster, "web", { on: core, image: "${image}", replicas: ${replicas}, port: 80, memory: "64MiB" });
new Gateway(cluster, "public", { routes: { "${path}": web } });
${more}
app.synth();
`;

describe.skipIf(!(await engineIsThere()))("status of what is deployed", { timeout: 300_000 }, () => {
  test("does not change with the program, which is told apart", async () => {
    const dir = await project({ "main.ts": shop() });
    const declare = async (text: string): Promise<void> => {
      await writeFile(join(dir, "main.ts"), text);
      expect((await cliJson(dir, ["synth"])).document).toMatchObject({ ok: true });
    };
    const status = async () => (await cliJson(dir, ["status", "--sandbox"])).document;

    expect(await status().catch(() => undefined)).toMatchObject({ ok: false, error: { code: "LF061" } });
    const first = await cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    const outputs = (first.document as { clusters: { outputs: object }[] }).clusters[0]?.outputs;
    expect(outputs).toMatchObject({ bucket: { value: expect.any(String) } });
    const again = await cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    expect(again.document).toMatchObject({ clusters: [{ applied: false, outputs }] });

    const web = { id: "web", image: "web:1", replicas: 2, on: ["core"], running: { tasks: 2, desired: 2 } };
    const deployed = {
      deployed: true,
      services: [web],
      fleets: [{ id: "control" }, { id: "core", desired: 2, running: 2 }],
    };
    const routes = { gateways: [{ id: "public", routes: [{ path: "/", service: "web", port: 80 }] }] };
    expect(await status()).toMatchObject({ clusters: [{ ...deployed, ...routes, differences: { change: [] } }] });

    await declare(shop({ image: "web:2", replicas: 5, path: "/shop" }));
    const changed = await status();
    expect(changed).toMatchObject({ clusters: [{ ...deployed, ...routes }] });
    expect(JSON.stringify(changed)).toContain('"from":"web:1","to":"web:2"');
    expect(JSON.stringify(changed)).toContain('"what":"routes","from":"/ web:80","to":"/shop web:80"');

    await declare(
      shop({ fleet: "edge", more: 'new Service(cluster, "api", { on: core, image: "api:1", memory: "64MiB" });' }),
    );
    const renamed = await status();
    expect(renamed).toMatchObject({ clusters: [{ ...deployed, ...routes }] });
    expect(renamed).toMatchObject({
      clusters: [
        {
          differences: {
            change: expect.arrayContaining([
              { on: "edge", what: "fleet", from: "(none)", to: "t4g.small" },
              { on: "core", what: "fleet", from: "deployed", to: "(none)" },
              { on: "api", what: "service", from: "(none)", to: "declared" },
            ]),
          },
        },
      ],
    });
    const { stdout } = await cli(dir, ["status", "--sandbox", "--vms"]);
    expect(stdout).toMatch(/web +× 2 +running 2\/2 +web:1/);
    expect(stdout).toMatch(/ {2}i-\w+ +core +eu-west-1a +10\./);
  });
});
