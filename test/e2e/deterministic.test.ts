import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { aws, Cluster, Fleet, Gateway, http, Secret, Service, ssm, Volume, type App } from "lightfleet";
import { Shop } from "../../examples/shop/shop.js";
import { declareModel } from "../program/declare-model.js";
import { synthesize } from "../program/synthesize.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CLI = join(ROOT, "dist/bin/lightfleet.js");

type Step = (app: Map<string, Service>, fleets: Map<string, Fleet>, cluster: Cluster) => void;

/** The declarations of a program that depend on none of each other, in three rounds. */
const FLEETS: readonly Step[] = [
  ...["core", "edge", "batch"].map((id): Step => (_, fleets, cluster) => {
    fleets.set(id, new Fleet(cluster, id, { machine: "t4g.small", size: 2, tags: { Z: "1", A: "2" } }));
  }),
  (_, __, cluster) => void new Volume(cluster, "media", { shared: true }),
  (_, __, cluster) => void new Volume(cluster, "data"),
  (_, __, cluster) => void new Secret(cluster, "password", { source: ssm("/shop/db") }),
];
const SERVICES: readonly Step[] = ["web", "api", "db", "queue"].map((id, index) => (services, fleets, cluster) => {
  const on = index % 2 === 0 ? [fleets.get("core")!, fleets.get("edge")!] : fleets.get("batch")!;
  const env = Object.fromEntries([
    ["B", cluster.vpcId],
    ["A", id],
  ]);
  services.set(id, new Service(cluster, id, { on, image: `${id}:1`, port: 8000 + index, health: http("/"), env }));
});
const USES: readonly Step[] = [
  (services) => void services.get("db")!.acknowledge("LF502", "it is small"),
  (services) => void services.get("api")!.acknowledge("LF204", "it is small"),
  (services) => void services.get("web")!.uses(services.get("api")!, { as: "API" }),
  (services) => void services.get("web")!.uses(services.get("db")!, { as: "DB" }),
  (services) => void services.get("api")!.uses(services.get("queue")!, { as: "QUEUE" }),
  (services, _, cluster) => void new Gateway(cluster, "public", { routes: { "/": services.get("web")! } }),
  (services, _, cluster) =>
    void new Gateway(cluster, "inner", { internal: true, routes: { "/a": services.get("api")! } }),
];

const declare =
  (steps: readonly Step[]) =>
  (app: App): void => {
    const cluster = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1" }) });
    const services = new Map<string, Service>();
    const fleets = new Map<string, Fleet>();
    for (const step of steps) step(services, fleets, cluster);
  };

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });

describe("the same program gives the same bytes", () => {
  const shop = (app: App): void => {
    new Shop(app, "shop");
  };

  test("twice in a row", () => {
    expect(synthesize(shop).files).toEqual(synthesize(shop).files);
  });

  test("in any order of its declarations", () => {
    const order = fc.tuple(shuffled(FLEETS), shuffled(SERVICES), shuffled(USES));
    const first = synthesize(declare([...FLEETS, ...SERVICES, ...USES])).files;
    fc.assert(
      fc.property(order, (rounds) => {
        expect(synthesize(declare(rounds.flat())).files).toEqual(first);
      }),
      { numRuns: 12 },
    );
  });

  test("as the shop does, declared from its model in two orders", () => {
    const { model, files } = synthesize(shop);
    const backwards = { ...model, fleets: model.fleets.toReversed(), services: model.services.toReversed() };
    for (const variant of [model, backwards])
      expect(
        synthesize((app) => {
          declareModel(app, variant);
        }).files,
      ).toEqual(files);
  });
});

test("the bytes do not depend on where the project lies, nor on where the command is called", async ({ skip }) => {
  skip(!existsSync(CLI), "the CLI is not built");
  const written = async (below: string, from: (project: string) => string): Promise<string[]> => {
    const dir = mkdtempSync(join(tmpdir(), "lightfleet-where-"));
    onTestFinished(() => {
      rmSync(dir, { recursive: true, force: true });
    });
    const project = join(dir, below);
    mkdirSync(join(project, "node_modules"), { recursive: true });
    symlinkSync(ROOT, join(project, "node_modules/lightfleet"), "dir");
    cpSync(join(ROOT, "examples/shop"), project, { recursive: true, filter: (path) => !path.includes("cdktf.out") });
    writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: "main.ts" }));
    await execa(process.execPath, [CLI, "synth", "-C", project], { cwd: from(project) });
    const out = join(project, "cdktf.out");
    return ["stacks/shop/cdk.tf.json", "shop/model.json"].map((file) => readFileSync(join(out, file), "utf8"));
  };
  const [here, there] = await Promise.all([
    written("a", () => tmpdir()),
    written("some/other place/b", (project) => project),
  ]);
  expect(there).toEqual(here);
  expect(here.join()).not.toContain(tmpdir());
});
