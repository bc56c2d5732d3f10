import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

const BACK = `const back = new Fleet(cluster, "back", { machine: "t4g.small", size: 1 });`;
/** Redis on a fleet, with a volume that is a directory of its VM; web uses it. */
const redis = (on: string): string => `
  const carts = new Volume(cluster, "carts");
  const redis = new Service(cluster, "redis", {
    on: ${on}, image: "redis:7", replicas: 1, port: 6379, memory: "64MiB", volumes: { "/data": carts },
  });
  web.uses(redis, { as: "REDIS" });`;
const shop = (more: string, image = "web:1"): string =>
  program("shop", { more, image }).replace("Service }", "Service, Volume }");

describe.skipIf(!(await engineIsThere()))("services alone", { timeout: 300_000 }, () => {
  test("go out with their ways to each other, and not to what is not there, nor for a volume without a resource", async () => {
    const dir = await project({ "main.ts": shop(redis("core")) });
    const plan = async (text: string, ...targets: string[]) => {
      await writeFile(join(dir, "main.ts"), text);
      return (await cliJson(dir, ["diff", "--sandbox", ...targets.flatMap((name) => ["--target", name])])).document;
    };
    const changes = (document: unknown): string[] =>
      (document as { clusters: { summary: { changes: { action: string; address: string }[] } }[] }).clusters
        .flatMap(({ summary }) => summary.changes)
        .map(({ action, address }) => `${action} ${address}`)
        .sort();
    expect((await cli(dir, ["deploy", "--sandbox", "--yes"])).exitCode).toBe(0);

    const volume = await plan(shop(redis("core"), "web:2"), "carts");
    expect(volume).toMatchObject({ error: { code: "LF605", hint: expect.stringContaining("--target redis") } });

    const moved = BACK + redis("back");
    const absent = await plan(shop(moved, "web:2"), "web", "redis");
    expect(absent).toMatchObject({ error: { code: "LF605", message: expect.stringContaining("the fleet back") } });
    const both = changes(await plan(shop(moved, "web:2"), "web", "redis", "back"));
    expect(both).toContain("create aws_vpc_security_group_egress_rule.core_overlay_to_back");
    expect(both).toContain("create aws_autoscaling_group.back");

    const gone = await plan(shop("", "web:2"), "web");
    expect(gone).toMatchObject({ error: { code: "LF605", hint: expect.stringContaining("--target redis") } });
    expect(changes(await plan(shop("", "web:2"), "web", "redis"))).toEqual(["update aws_s3_object.release"]);
    const unknown = await plan(shop("", "web:2"), "reddis");
    expect(unknown).toMatchObject({ error: { code: "LF605", hint: expect.stringContaining("redis") } });
  });
});
