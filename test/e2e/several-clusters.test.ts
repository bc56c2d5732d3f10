import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
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

/** Two clusters that have no name in common. `failing` cannot be applied, `lasting` not planned to be destroyed. */
const apart = ({ edge = 1, failing = "", lasting = "", reads = false } = {}): string => `
import { App, aws, Cluster, Fleet } from "lightfleet";
import { TerraformResource } from "cdktf";
const app = new App();
const make = (id: string, fleet: string, size: number) => {
  const cluster = new Cluster(app, id, { platform: aws({ region: "eu-west-1", zones: 1 }), control: { size: 1 } });
  new Fleet(cluster, fleet, { machine: "t4g.small", size });
  const made = new TerraformResource(cluster, "made", { terraformResourceType: "terraform_data" });
  if (id === "${failing}") made.addOverride("provisioner", [{ "local-exec": { command: "false" } }]);
  if (id === "${lasting}") made.addOverride("lifecycle", { prevent_destroy: true });
  return { cluster, made };
};
const [alpha, beta] = [make("alpha", "core", 1), make("beta", "edge", ${edge})];
if (${reads}) beta.made.addOverride("input", alpha.made.getStringAttribute("id"));
app.synth();
`;

/** The first by name reads what the last by name offers. */
const crossed = `
import { App, aws, Cluster } from "lightfleet";
import { TerraformResource } from "cdktf";
const app = new App();
const make = (id: string) => {
  const cluster = new Cluster(app, id, { platform: aws({ region: "eu-west-1", zones: 1 }), control: { size: 1 } });
  return new TerraformResource(cluster, "made", { terraformResourceType: "terraform_data" });
};
const [base] = [make("z-base"), make("b-none")];
make("a-front").addOverride("input", base.getStringAttribute("id"));
app.synth();
`;

/** A service of production finds no room. */
const tight = `
import { App, aws, Cluster, Fleet, Service } from "lightfleet";
const app = new App();
for (const [id, memory] of [["production", "64GiB"], ["staging", "64MiB"]] as const) {
  const cluster = new Cluster(app, id, { platform: aws({ region: "eu-west-1", zones: 1 }), control: { size: 1 } });
  const core = new Fleet(cluster, "core", { machine: "t4g.small", size: 1 });
  new Service(cluster, "web", { on: core, image: "web:1", memory });
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

  test("what would end the work between two of them is found before the first is changed", async () => {
    const dir = await project({ "main.ts": apart() });
    const deploy = (...more: string[]) => cliJson(dir, ["deploy", "--sandbox", "--yes", ...more]);
    const nothing = async (): Promise<void> =>
      expect((await cliJson(dir, ["status", "--sandbox"])).document).toMatchObject({
        clusters: [{ deployed: false }, { deployed: false }],
      });
    const targeted = await deploy("--target", "core");
    expect(targeted).toMatchObject({ exitCode: 64, document: { error: { code: "LF605" } } });
    await nothing();
    await cli(dir, ["diff", "--sandbox", "--plan", "both.plan"]);
    await writeFile(join(dir, "main.ts"), apart({ edge: 2 }));
    const stale = await deploy("--plan", "both.plan");
    expect(stale).toMatchObject({ exitCode: 1, document: { error: { code: "LF602", message: /of beta is stale/ } } });
    await nothing();
  });

  test("an error between two of them says which are done, and which were not begun", async () => {
    const dir = await project({ "main.ts": apart({ failing: "beta" }) });
    const failed = await cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    expect(failed).toMatchObject({ exitCode: 1, document: { ok: false, error: { code: "LF068" } } });
    expect(failed.document["clusters"]).toMatchObject([{ id: "alpha", applied: true }]);
    expect(failed.stderr).toContain("\n  alpha is deployed\n");
    await writeFile(join(dir, "main.ts"), apart({ lasting: "alpha" }));
    expect((await cliJson(dir, ["deploy", "--sandbox", "--yes"])).document).toMatchObject({ ok: true });
    const kept = await cliJson(dir, ["destroy", "--sandbox", "--yes"]);
    expect(kept).toMatchObject({ exitCode: 1, document: { clusters: [{ id: "beta", destroyed: true }] } });
    expect(kept.stderr).toContain("\n  beta is gone; alpha was not begun\n");
  });

  test("one that reads what another offers says which is to be deployed first, and reads it then", async () => {
    const dir = await project({ "main.ts": apart({ reads: true }) });
    const early = await cliJson(dir, ["diff", "--sandbox"]);
    expect(early).toMatchObject({ exitCode: 1, document: { error: { code: "LF623" } } });
    expect(early.document).toMatchObject({
      error: { message: /what alpha offers/, hint: expect.stringContaining("deploy alpha first") },
    });
    const both = await cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    expect(both.document).toMatchObject({ ok: true, clusters: [{ applied: true }, { applied: true }] });
    expect((await cliJson(dir, ["diff", "--sandbox"])).document).toMatchObject({ changes: false });
  });

  test("those that others read come first whatever their names are, and end last", async () => {
    const dir = await project({ "main.ts": crossed });
    const run = async (...args: string[]) => (await cliJson(dir, [...args, "--sandbox"])).document;
    const order = ["z-base", "b-none", "a-front"].map((id) => ({ id }));
    expect(await run("deploy", "--yes")).toMatchObject({ ok: true, clusters: order });
    expect(await run("diff")).toMatchObject({ changes: false, clusters: order });
    expect(await run("status")).toMatchObject({ clusters: order });
    expect(await run("outputs", "a-front", "z-base")).toMatchObject({
      clusters: [{ id: "z-base" }, { id: "a-front" }],
    });
    const early = await run("destroy", "z-base", "--yes");
    expect(early).toMatchObject({ ok: false, error: { code: "LF639", hint: expect.stringContaining("a-front") } });
    const gone = order.toReversed().map(({ id }) => ({ id, destroyed: true }));
    expect(await run("destroy", "--yes")).toMatchObject({ ok: true, clusters: gone });
    expect(await run("destroy", "z-base", "--yes")).toMatchObject({ ok: true });
  });
});

test("an error of one cluster does not keep another from being synthesized by its name", async () => {
  const dir = await project({ "main.ts": tight });
  expect((await cliJson(dir, ["synth"])).document).toMatchObject({ ok: false, error: { code: "LF060" } });
  expect((await cliJson(dir, ["synth", "production"])).document).toMatchObject({ ok: false, error: { code: "LF060" } });
  expect(await cliJson(dir, ["synth", "staging"])).toMatchObject({
    exitCode: 0,
    document: { clusters: [{ id: "staging" }], findings: { errors: 0 } },
  });
  expect(await cliJson(dir, ["check", "staging"])).toMatchObject({
    exitCode: 0,
    document: { errors: 0, clusters: [{ cluster: "staging" }] },
  });
  expect(await cliJson(dir, ["check"])).toMatchObject({ exitCode: 1, document: { clusters: [{}, {}] } });
  for (const verb of ["synth", "check"])
    expect(await cliJson(dir, [verb, "nope"])).toMatchObject({ exitCode: 64, document: { error: { code: "LF057" } } });
});
