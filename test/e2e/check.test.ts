import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";

const short = `new Service(cluster, "search", { on: core, image: "search:1", replicas: 2, memory: "1GiB" });`;

test("check shows findings with lines and reasons, and fails where there are errors", async () => {
  const more = `${short}\nweb.acknowledge("LF203", "one is enough here");`;
  const dir = await project({ "main.ts": program("shop", { more }) });
  const { exitCode, document } = await cliJson(dir, ["check"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { ok: false, errors: 1, acknowledged: 1 } });
  const human = await cli(dir, ["check"]);
  expect(human.stdout).toMatch(/error LF101 .* MiB are\s+missing\n +main\.ts:5:\d+ \[shop\/core\]/);
  expect(human.stdout).toMatch(/acknowledged LF203 .*\n +main\.ts:6:\d+ \[shop\/web\]\n +reason: one is enough here/);
});

test("synth and deploy write nothing where the checks find an error", async () => {
  const dir = await project({ "main.ts": program("shop", { more: short }) });
  for (const verb of [["synth"], ["deploy", "--sandbox", "--yes"]]) {
    const { exitCode, document } = await cliJson(dir, verb);
    expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { ok: false, error: { code: "LF060" } } });
    expect(existsSync(join(dir, "cdktf.out/stacks/shop/cdk.tf.json"))).toBe(false);
  }
  expect((await cli(dir, ["synth"])).stderr).toMatch(/main\.ts:5:\d+ LF101 \[shop\/core\]/);
});

test("a program that runs in a shell is checked too", async () => {
  const dir = await project({
    "main.ts": program("shop", { more: short }),
    "cdktf.json": '{"app":"node --import data:text/javascript, main.mjs"}',
    "main.mjs": program("shop", { more: short }),
  });
  const { exitCode, document } = await cliJson(dir, ["synth"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { error: { code: "LF060" } } });
});

test("a rule of the program's own runs beside ours: the example of the documentation", async () => {
  const text = readFileSync(fileURLToPath(new URL("../../docs/own-rules.md", import.meta.url)), "utf8");
  const main = /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const dir = await project({ "main.ts": main });
  const { exitCode, document } = await cliJson(dir, ["synth"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { error: { code: "LF060" } } });
  const lines = main.split("\n").findIndex((line) => line.includes('"cart"')) + 1;
  expect((await cli(dir, ["synth"])).stderr).toContain(`main.ts:${lines}:1 ACME1 [shop/cart] it belongs to no team`);
  expect((await cli(dir, ["check", "--explain", "acme1"])).stdout).toContain("somebody must be called");
});

test("a rule is explained, and one that is not there refused", async () => {
  const dir = await project({ "main.ts": program("shop") });
  const { exitCode, stdout } = await cli(dir, ["check", "--explain", "LF101"]);
  expect({ exitCode, title: stdout.split("\n")[0] }).toEqual({
    exitCode: 0,
    title: "LF101: services fit on their fleets",
  });
  expect(await cliJson(dir, ["check", "--explain", "LF999"])).toMatchObject({
    exitCode: 64,
    document: { error: { code: "LF064" } },
  });
  expect(await cliJson(dir, ["check", "--date", "soon"])).toMatchObject({ exitCode: 64 });
});

test("a drill knows managers: without a majority nothing is placed, and no headline says otherwise", async () => {
  const source = `
    import { App, aws, Cluster, Fleet, http, Service } from "lightfleet";
    const app = new App();
    const size = Number(process.env.MANAGERS) as 1 | 3;
    const one = new Cluster(app, "one", { platform: aws({ region: "eu-west-1", zones: 2 }), control: { size } });
    const core = new Fleet(one, "core", { machine: "m7g.large", size: 2 });
    new Service(one, "web", { on: core, image: "nginx:1.29", replicas: 2, port: 80, memory: "64MiB", health: http("/") });
    app.synth();`;
  const dir = await project({ "main.ts": source });
  const drill = (managers: number, ...args: readonly string[]) =>
    cli(dir, ["drill", ...args], { MANAGERS: String(managers) });
  for (const managers of [1, 3]) {
    const { stdout } = await drill(managers, "--lose", "zone:a");
    expect(stdout).toContain("nothing is placed until");
    expect(stdout).not.toMatch(/still runs|recovers/);
  }
  expect((await drill(3, "--lose", "vm:control/1")).stdout).toMatch(/nothing happens to services/);
  expect((await drill(1, "--roll", "control")).stdout).toMatch(/one service down for up to 5 min/);
  expect((await drill(3, "--all")).stdout).toMatch(
    /lose vm:control\/2[^]*roll control|roll control[^]*lose vm:control\/2/,
  );
  expect((await cli(dir, ["check"], { MANAGERS: "3" })).stdout).toContain("LF205");
});

test("a drill tells what moves, draws it, and needs to know what to try", async () => {
  const dir = await project({ "main.ts": program("shop", { size: 2 }) });
  const { exitCode, document } = await cliJson(dir, ["drill", "--lose", "vm:core/1", "--svg", "drill.svg"]);
  expect({ exitCode, document }).toMatchObject({
    exitCode: 0,
    document: { ok: true, cluster: "shop", drills: [{ holds: true, services: [{ service: "web", to: ["core/2"] }] }] },
  });
  expect(readFileSync(join(dir, "drill.svg"), "utf8")).toContain("<svg");
  expect((await cli(dir, ["drill", "--all"])).stdout).toMatch(
    /lose vm:core\/1 .*recovers; one service down for up to \d+ s/,
  );
  expect(await cliJson(dir, ["drill"])).toMatchObject({ exitCode: 64, document: { error: { code: "LF064" } } });
});
