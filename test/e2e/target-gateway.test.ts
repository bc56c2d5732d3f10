import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

const ops = (more: string): string => `new Gateway(cluster, "ops", { internal: true, routes: { "/": ${more} } });`;
const API = `const api = new Service(cluster, "api", { on: core, image: "api:1", replicas: 1, port: 90, memory: "64MiB" });`;

describe.skipIf(!(await engineIsThere()))("a gateway alone", { timeout: 300_000 }, () => {
  test("is planned with what lets it reach its fleets, and refused where more would go along", async () => {
    const dir = await project({ "main.ts": program("shop", { more: API }) });
    const plan = async (text: string, ...targets: string[]) => {
      await writeFile(join(dir, "main.ts"), text);
      return (await cliJson(dir, ["diff", "--sandbox", ...targets.flatMap((name) => ["--target", name])])).document;
    };
    expect((await cli(dir, ["deploy", "--sandbox", "--yes"])).exitCode).toBe(0);

    const planned = await plan(program("shop", { more: API + ops("web") }), "ops");
    const { clusters } = planned as { clusters: { summary: { changes: { action: string; address: string }[] } }[] };
    const changes = clusters.flatMap(({ summary }) => summary.changes);
    expect(changes.map(({ action, address }) => `${action} ${address}`).sort()).toEqual([
      ...["create aws_lb.ops", "create aws_lb_listener.ops", "create aws_lb_target_group.ops_web_80"],
      ...["create aws_security_group.ops", "create aws_vpc_security_group_egress_rule.ops_to_core_web_80"],
      "create aws_vpc_security_group_ingress_rule.core_from_ops_web_80",
      "create aws_vpc_security_group_ingress_rule.ops_from_vpc_80",
      "update aws_autoscaling_group.core",
    ]);

    const resized = await plan(program("shop", { size: 2, more: API + ops("web") }), "ops");
    expect(resized).toMatchObject({ error: { code: "LF605", hint: expect.stringContaining("--target core") } });
    const unpublished = await plan(program("shop", { more: API + ops("api") }), "ops");
    expect(unpublished).toMatchObject({ error: { code: "LF605", hint: expect.stringContaining("--target api") } });
    const both = await plan(program("shop", { more: API + ops("api") }), "ops", "api");
    expect(JSON.stringify(both)).toContain("aws_s3_object.release");
  });
});
