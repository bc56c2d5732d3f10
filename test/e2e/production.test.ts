import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

const main = `
import { App, aws, Cluster, Fleet, Service } from "lightfleet";
const app = new App();
const cluster = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 3 }), production: true });
const core = new Fleet(cluster, "core", { machine: "t4g.small", size: 3 });
new Service(cluster, "web", { on: core, image: "web:1@sha256:${"0".repeat(64)}", replicas: 2, memory: "64MiB" });
app.synth();
`;

describe.skipIf(!(await engineIsThere()))("a cluster of production", { timeout: 300_000 }, () => {
  test("is rehearsed in the sandbox, which has images of its own, and refused elsewhere until one is pinned", async () => {
    const dir = await project({ "main.ts": main });
    const check = await cliJson(dir, ["synth"]);
    expect(check).toMatchObject({ exitCode: 1, document: { error: { code: "LF060" } } });
    expect(check.stdout).toContain("LF503");
    expect(await cli(dir, ["deploy", "--sandbox", "--yes"])).toMatchObject({ exitCode: 0 });
    expect(await cli(dir, ["diff", "--sandbox"])).toMatchObject({ exitCode: 0 });
  });
});
