import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Service, type FleetProps, type Model } from "lightfleet";
import { userData, USER_DATA_LIMIT } from "../../node/user-data.js";
import { cloudConfigText } from "../program/cloud-config-text.js";
import { examples } from "../program/examples.js";
import { small, type SmallOptions } from "../program/small.js";
import { errorOf, synthesize } from "../program/synthesize.js";

const shape = z.looseObject({
  write_files: z.array(z.looseObject({ path: z.string(), content: z.string(), permissions: z.string() })),
  runcmd: z.array(z.array(z.string())),
});

/** What a VM of a fleet finds on its disk, by path. */
function filesOf(model: Model, id: string): Record<string, string> {
  const fleet = model.fleets.find((one) => one.id === id)!;
  const [head, ...lines] = cloudConfigText(model, fleet).split("\n");
  expect(head).toBe("#cloud-config");
  const { write_files } = shape.parse(JSON.parse(lines.join("\n")));
  return Object.fromEntries(write_files.map(({ path, content }) => [path, content]));
}

const modelOf = (options: SmallOptions = {}): Model =>
  synthesize((app) => {
    small(app, options);
  }).model;
const core = (props: Partial<FleetProps>): Record<string, string> => filesOf(modelOf({ fleet: props }), "core");

describe("what a VM boots with", () => {
  test("is told which VM of which fleet it is", () => {
    const model = modelOf();
    expect(JSON.parse(filesOf(model, "core")["/etc/lightfleet/node.json"]!)).toMatchObject({
      cluster: "shop",
      fleet: "core",
      role: "worker",
      region: "eu-west-1",
      group: "shop-core",
    });
    expect(JSON.parse(filesOf(model, "control")["/etc/lightfleet/node.json"]!)).toMatchObject({ role: "control" });
  });

  test("has the fleet's settings", () => {
    const files = core({
      os: { openFiles: 65_536, sysctl: { "net.core.somaxconn": 4096 }, packages: ["tcpdump", "htop"] },
    });
    expect(files["/etc/sysctl.d/99-lightfleet.conf"]).toContain("net.core.somaxconn = 4096\n");
    expect(files["/etc/lightfleet/packages"]).toBe("htop\ntcpdump\n");
    expect(files["/etc/systemd/system.conf.d/50-lightfleet.conf"]).toContain("DefaultLimitNOFILE=65536");
    expect(JSON.parse(files["/etc/lightfleet/daemon.json"]!)).toMatchObject({
      labels: expect.arrayContaining(["lightfleet.cluster=shop", "lightfleet.fleet=core"]),
      "default-ulimits": { nofile: { Soft: 65_536, Hard: 65_536 } },
    });
  });

  test("leads on managers alone", () => {
    const model = modelOf();
    const leads = (id: string): boolean => "/opt/lightfleet/lead.py" in filesOf(model, id);
    expect([leads("control"), leads("core")]).toEqual([true, false]);
  });

  test("is closed: the metadata service to containers, the overlay where no service can be", () => {
    const model = modelOf();
    const rules = (id: string): string => filesOf(model, id)["/etc/systemd/scripts/ip4save"]!;
    expect(rules("core")).toContain("-A DOCKER-USER -d 169.254.169.254/32 -j DROP\n");
    expect(rules("core")).toContain("--dport 4789 ");
    expect(rules("control")).not.toContain("--dport 4789 ");
    expect(rules("control")).toContain("--dport 2377 ");
    expect(rules("core")).not.toContain("--dport 2377 ");
    expect(rules("core")).toMatch(/^\*filter\n:INPUT DROP/);
  });

  test("does not change with services", () => {
    const before = modelOf();
    const after = synthesize((app) => {
      const { cluster, fleet, service } = small(app);
      service.uses(new Service(cluster, "api", { on: fleet, image: "api:1", port: 1, replicas: 9 }), { as: "API" });
    }).model;
    for (const id of ["control", "core"]) expect(filesOf(after, id)).toEqual(filesOf(before, id));
  });
});

describe("user data", () => {
  test.each(examples)("of examples/$name is compressed, fits, and is the same each time", async ({ run }) => {
    const { model } = await run();
    for (const fleet of model.fleets) {
      const bytes = userData(model, fleet);
      expect(bytes.length).toBeLessThanOrEqual(USER_DATA_LIMIT);
      expect(gunzipSync(bytes).toString()).toBe(cloudConfigText(model, fleet));
      expect(Buffer.from(userData(model, fleet)).equals(bytes)).toBe(true);
      expect([...bytes.subarray(4, 8)], "no time").toEqual([0, 0, 0, 0]);
    }
  });

  test("that is larger than EC2 takes is refused as LF043", () => {
    let seed = 1;
    const word = (): string => (seed = (seed * 48_271) % 2_147_483_647).toString(36);
    const packages = Array.from({ length: 1_500 }, () => `p${word()}${word()}`);
    expect(errorOf(() => modelOf({ fleet: { os: { packages } } }))).toMatchObject({
      code: "LF043",
      message: expect.stringContaining('"core"'),
    });
  });
});
