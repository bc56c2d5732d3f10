import { describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

const main = `
import { App, aws, Cluster, Fleet } from "lightfleet";
const app = new App();
for (const id of ["one", "two"]) {
  const cluster = new Cluster(app, id, { platform: aws({ region: "eu-west-1", zones: 1 }), control: { size: 1 } });
  new Fleet(cluster, "core", { machine: "t4g.small", size: 1 });
}
app.synth();
`;

test("what draws or plays with one cluster wants to know which", async () => {
  const dir = await project({ "main.ts": main });
  for (const verb of [["graph"], ["drill", "--all"]])
    expect(await cliJson(dir, verb)).toMatchObject({
      exitCode: 64,
      document: { error: { code: "LF615", message: "say which cluster: the program has one, two" } },
    });
  expect((await cliJson(dir, ["graph", "three"])).document).toMatchObject({ error: { code: "LF057" } });
  expect((await cliJson(dir, ["graph", "two"])).document).toMatchObject({ ok: true, cluster: "two" });
});

describe.skipIf(!(await engineIsThere()))("a program of two clusters", { timeout: 300_000 }, () => {
  test("both are looked at, or those that are named", async () => {
    const dir = await project({ "main.ts": main });
    const both = await cliJson(dir, ["diff", "--sandbox"]);
    expect(both.document).toMatchObject({
      clusters: [
        { id: "one", changes: true },
        { id: "two", changes: true },
      ],
    });
    const deployed = await cliJson(dir, ["deploy", "two", "--sandbox", "--yes"]);
    expect(deployed.document).toMatchObject({ ok: true, clusters: [{ id: "two", applied: true }] });
    const { document } = await cliJson(dir, ["status", "--sandbox"]);
    expect(document).toMatchObject({
      clusters: [
        { id: "one", deployed: false },
        { id: "two", deployed: true },
      ],
    });
  });
});
