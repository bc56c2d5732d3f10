import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { leaderPrograms } from "../../node/programs.js";
import { USER_DATA_LIMIT, userData } from "../../node/user-data.js";
import type { Model } from "../../model/schema.js";
import { errorOf } from "../program/synthesize.js";
import { cloudConfigText } from "../program/cloud-config-text.js";
import { examples } from "../program/examples.js";
import { fleetModel, modelOf, serviceModel } from "../program/random-model.js";

const shape = z.strictObject({
  write_files: z.array(
    z.strictObject({ path: z.string(), content: z.string(), permissions: z.string(), encoding: z.string().optional() }),
  ),
  runcmd: z.array(z.array(z.string())),
});

/** The files of a cloud-config by path. */
function filesOf(text: string): Map<string, string> {
  expect(text.startsWith("#cloud-config\n")).toBe(true);
  const { write_files } = shape.parse(JSON.parse(text.slice(text.indexOf("\n"))));
  return new Map(write_files.map(({ path, content }) => [path, content]));
}

const core = fleetModel("core");
const plain = modelOf([core], [], []);
const configOf = (model: Model, id: string): Map<string, string> =>
  filesOf(
    cloudConfigText(
      model,
      model.fleets.find((fleet) => fleet.id === id)!,
    ),
  );

describe.each(examples)("the user data of examples/$name", ({ run }) => {
  test("fits into what EC2 takes, and is the same every time", async () => {
    const { model } = await run();
    for (const fleet of model.fleets) {
      const bytes = userData(model, fleet);
      console.log(`${fleet.id}: ${bytes.length} of ${USER_DATA_LIMIT} bytes`);
      expect(bytes.length).toBeLessThan(USER_DATA_LIMIT);
      expect(Buffer.from(bytes)).toEqual(Buffer.from(userData(model, fleet)));
      expect(gunzipSync(bytes).toString()).toBe(cloudConfigText(model, fleet));
    }
  });
});

test("user data that is too large is an error that says by how much", () => {
  const packages = Array.from({ length: 2000 }, (_, index) => `package-${(index * 7919).toString(36)}-${index}`);
  const fleet = { ...core, os: { ...core.os, packages } };
  const error = errorOf(() => userData(plain, fleet));
  expect(error.code).toBe("LF043");
  expect(error.message).toContain(String(USER_DATA_LIMIT));
});

test("no change of services changes the user data of any fleet: it would replace the VMs", () => {
  const busy = modelOf([core], [serviceModel("web", ["core"], [{ name: "main", port: 80, hostPort: 8080 }])], []);
  for (const fleet of plain.fleets) expect(cloudConfigText(busy, fleet)).toBe(cloudConfigText(plain, fleet));
});

describe("the firewall", () => {
  const rules = (id: string, model = plain): string => configOf(model, id).get("/etc/systemd/scripts/ip4save") ?? "";

  test("is closed but for the swarm's ports, and those only from the VPC", () => {
    for (const id of ["core", "control"]) {
      expect(rules(id)).toContain(":INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT DROP [0:0]");
      const opened = rules(id)
        .split("\n")
        .filter((line) => line.includes("--dport"));
      expect(opened.every((line) => line.startsWith("-A INPUT -s 10.0.0.0/16 "))).toBe(true);
    }
  });

  test("has the management port open on managers alone, and the overlay's where services can be", () => {
    const ports = (text: string): string[] =>
      [...text.matchAll(/-p (\w+) .*--dport (\d+)/g)].map((hit) => `${hit[1]} ${hit[2]}`);
    expect(ports(rules("core"))).toEqual(["tcp 7946", "udp 7946", "udp 4789"]);
    expect(ports(rules("control"))).toEqual(["tcp 7946", "udp 7946", "tcp 2377"]);
    expect(ports(rules("control", { ...plain, control: { runsServices: true } }))).toContain("udp 4789");
  });

  test("keeps containers from the credentials of their VM", () => {
    expect(rules("core")).toContain("-A DOCKER-USER -d 169.254.169.254/32 -j DROP");
  });
});

test("the settings of a fleet all land", () => {
  const os = {
    ...core.os,
    openFiles: 4_194_304,
    processes: 9_999,
    memoryMaps: 777_777,
    sysctl: { "net.core.somaxconn": "4096", "net.ipv4.ip_forward": "1" },
    packages: ["tcpdump"],
    modules: ["nfsv4"],
  };
  const fleet = { ...core, dataDiskGiB: 100, os };
  const files = filesOf(cloudConfigText(modelOf([fleet], [], []), fleet));
  const sysctl = files.get("/etc/sysctl.d/99-lightfleet.conf");
  expect(sysctl).toContain("net.core.somaxconn = 4096\n");
  expect(sysctl).toContain("vm.max_map_count = 777777\n");
  expect(sysctl).toContain("fs.nr_open = 4194304\n");
  expect(files.get("/etc/systemd/system.conf.d/50-lightfleet.conf")).toBe(
    "[Manager]\nDefaultLimitNOFILE=4194304\nDefaultTasksMax=9999\n",
  );
  expect(files.get("/etc/lightfleet/packages")).toBe("tcpdump\n");
  expect(files.get("/etc/modules-load.d/lightfleet.conf")).toContain("nfsv4\n");
  expect(files.has("/etc/lightfleet/data-disk")).toBe(true);
  expect(JSON.parse(files.get("/etc/lightfleet/daemon.json")!)).toMatchObject({
    labels: ["lightfleet.cluster=shop", "lightfleet.fleet=core"],
    "default-ulimits": { nofile: { Soft: 4_194_304, Hard: 4_194_304 } },
    "log-opts": { "max-size": "10m" },
  });
});

test("workers have no program of the managers, and these take from the bucket what only the leader needs", () => {
  expect(configOf(plain, "core").has("/opt/lightfleet/lead.py")).toBe(false);
  const files = configOf(plain, "control");
  expect(files.has("/opt/lightfleet/lead.py")).toBe(true);
  expect(files.has("/opt/lightfleet/release.py")).toBe(false);
  const { text, digest } = leaderPrograms();
  expect(JSON.parse(files.get("/etc/lightfleet/node.json")!)).toMatchObject({ programs: digest });
  expect(Object.keys(JSON.parse(text) as object)).toContain("release.py");
});

test("managers that run services leave room for settings of their own", () => {
  const model: Model = { ...plain, control: { runsServices: true } };
  const bytes = userData(
    model,
    model.fleets.find(({ role }) => role === "control")!,
  );
  expect(bytes.length).toBeLessThan(15_800);
});
