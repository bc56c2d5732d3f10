import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  aws,
  Cluster,
  external,
  Fleet,
  Gateway,
  Service,
  type FleetProps,
  type GatewayProps,
  type ServiceProps,
} from "lightfleet";
import { describe, expect, test } from "vitest";
import { isMovingTag } from "../../checks/images/moving-tag.js";
import type { Lock } from "../../model/lock.js";
import { judge, judgeApp, marked, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const image = `ghcr.io/acme/cart:1.8.2@${digest}`;

const program =
  (service: Partial<ServiceProps>, fleet: Partial<FleetProps> = {}) =>
  (shop: Cluster): void => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3, ...fleet });
    new Service(shop, "cart", { on: core, image, replicas: 2, memory: "1GiB", ...service });
  };
const on = (shop: Cluster): Fleet => new Fleet(shop, "core", { machine: "m7g.large", size: 3 });

tryRule(here, "LF501", {
  breaks: (shop) => {
    const core = on(shop);
    new Service(shop, "cart", { on: core, image: "redis", memory: "1GiB" }); // <- LF501
    new Service(shop, "port", { on: core, image: "registry.example.com:5000/acme/cart", memory: "1GiB" }); // <- LF501
    new Service(shop, "late", { on: core, image: "redis:latest", memory: "1GiB" }); // <- LF501
    new Service(shop, "nightly", { on: core, image: "getsentry/sentry:nightly", memory: "1GiB" }); // <- LF501
  },
  fixed: program({ image: "redis:7.4-alpine" }),
  near: program({ image: `redis@${digest}` }),
});

test("LF501 is an error in production", () => {
  const found = judge(program({ image: "redis" }), { cluster: { production: true } });
  expect(found.of("LF501")).toMatchObject([{ severity: "error" }]);
});

test.each([
  "latest",
  "nightly",
  "alpine",
  "alpine3.20",
  "stable-alpine",
  "mainline-alpine3.20",
  "main",
  "edge",
  "lts",
  "lts-jdk21",
  "latest-dev",
  "management",
  "bookworm-slim",
])("the tag %s names no version", (tag) => {
  expect(isMovingTag(tag)).toBe(true);
});

test.each([
  "7",
  "16",
  "7.4-alpine",
  "v1.2.3",
  "1.29.1-alpine3.20",
  "8.17.0",
  "nightly-20260102",
  "2024-01-02",
  "main-1a2b3c4",
  "9f86d081",
  "stable-1.27",
  "RELEASE.2024-01-02T03-04-05Z",
  "2022-latest",
  "1.0.0-beta.1",
  "rc-1.2",
])("the tag %s names one", (tag) => {
  expect(isMovingTag(tag)).toBe(false);
});

test("LF502 is said once, with the command that settles all, in the program's own images", () => {
  const [finding, ...more] = judge((shop) => {
    const core = on(shop);
    for (const image of ["redis:7.4-alpine", "ghcr.io/acme/web:1.0.0"])
      new Service(shop, image.slice(0, 4), { on: core, image, memory: "1GiB" });
  }).of("LF502");
  expect(more).toEqual([]);
  expect(finding?.places).toHaveLength(2);
  expect(finding?.hint).toContain('"ghcr.io/acme/web:1.0.0@sha256:…"');
  expect(finding?.hint).toContain("imagetools inspect");
});

const shell = ["sh", "jq"].every((name) => spawnSync(name, ["--help"]).error === undefined);
if (!shell) console.warn("skipped: LF502's command: sh or jq not found");

test.skipIf(!shell)("LF502's command asks for each image without a digest once, and prints a line for each", () => {
  const [finding] = judge((shop) => {
    const core = on(shop);
    for (const image of ["redis:7.4-alpine", "ghcr.io/acme/web:1.0.0"])
      new Service(shop, image.slice(0, 4), { on: core, image, memory: "1GiB" });
  }).of("LF502");
  const [, command = ""] = /: `(.*)`$/.exec(finding?.hint ?? "") ?? [];
  const [list = "", inspect = ""] = command.split(" | xargs -I% ");
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-images-"));
  for (const [cluster, images] of Object.entries({
    shop: ["redis:7.4-alpine", `redis@${digest}`, { terraform: "${var.image}" }],
    stage: ["redis:7.4-alpine", "localhost:5000/web:1"],
  })) {
    mkdirSync(join(dir, "cdktf.out", cluster), { recursive: true });
    const services = images.map((image) => ({ image }));
    writeFileSync(join(dir, "cdktf.out", cluster, "model.json"), JSON.stringify({ services }));
  }
  const printed = execFileSync("sh", ["-c", list], { cwd: dir, encoding: "utf8" });
  rmSync(dir, { recursive: true });
  expect(printed.trim().split("\n").sort()).toEqual(["localhost:5000/web:1", "redis:7.4-alpine"].sort());
  // The template is buildx's to print, which ends no line by itself.
  expect(inspect).toContain("docker buildx imagetools inspect % ");
  expect(inspect).toContain("'%@{{println .Manifest.Digest}}'");
});

test("LF503 is said once for all architectures", () => {
  const found = judge((shop) => {
    new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    new Fleet(shop, "web", { machine: "m7i.large", size: 3 });
  });
  expect(found.of("LF503")).toHaveLength(1);
  expect(found.of("LF503")[0]?.hint).toContain("lightfleet image pin");
});

tryRule(here, "LF502", {
  breaks: (shop) => {
    new Service(shop, "cart", { on: on(shop), image: "redis:7.4-alpine", memory: "1GiB" }); // <- LF502
  },
  fixed: program({ image }),
  near: program({ image: "redis" }),
});

describe("LF503: a fleet has a pinned machine image", () => {
  const os = { image: "ami-0123456789abcdef0" } as const;

  test("is found, at the right line", () => {
    const found = judge(
      (shop) => {
        new Fleet(shop, "core", { machine: "m7g.large", size: 3 }); // <- LF503
        new Fleet(shop, "web", { machine: "m7i.large", size: 3, os });
      },
      { cluster: { control: { os } } },
    );
    expect(found.linesOf("LF503")).toEqual(marked(here, "LF503"));
    expect(found.of("LF503")).toMatchSnapshot();
  });

  test("is gone where the fleet names one", () => {
    expect(judge(program({}, { os }), { cluster: { control: { os } } }).of("LF503")).toEqual([]);
  });
});

tryRule(here, "LF504", {
  breaks: (shop) => {
    new Service(shop, "cart", { on: on(shop), image, memory: "1GiB", platforms: ["linux/amd64"] }); // <- LF504
  },
  fixed: program({ platforms: ["linux/amd64", "linux/arm64"] }),
  near: program({ platforms: ["linux/amd64"] }, { machine: "m7i.large" }),
});

describe("LF505: the release of Photon OS gets fixes", () => {
  const on = (today: string, production = false) =>
    judge(
      (shop) => {
        new Fleet(shop, "core", { machine: "m7g.large", size: 3, os: { release: "4.0" } }); // <- LF505
      },
      { today, cluster: { production } },
    );

  test("is told a year ahead, and after the day", () => {
    expect(on("2026-11-24").linesOf("LF505")).toEqual(marked(here, "LF505"));
    expect(on("2026-11-24").of("LF505")).toMatchSnapshot();
    expect(on("2027-10-11").of("LF505")).toMatchSnapshot();
    expect(on("2027-10-11", true).of("LF505")).toMatchObject([{ severity: "error" }]);
  });

  test("is no false alarm before that, nor for 5.0", () => {
    expect(on("2026-10-10").of("LF505")).toEqual([]);
    expect(judge(program({}), { today: "2030-01-01" }).of("LF505")).toEqual([]);
  });
});

describe("LF506: the version of Docker has no known fault", () => {
  const id = "ami-0123456789abcdef0";
  const lock = (docker: string): Lock => ({
    version: 1,
    images: { "eu-west-1": { "photon-5.0-arm64": { id, docker } } },
  });
  const on = (docker: string) =>
    judge(
      (shop) => {
        new Fleet(shop, "core", { machine: "m7g.large", size: 3, os: { image: id } }); // <- LF506
      },
      { lock: lock(docker) },
    );

  test("is found in a pinned image, and in a package that is asked for", () => {
    expect(on("28.2.2").linesOf("LF506")).toEqual(marked(here, "LF506"));
    expect(on("28.2.2").of("LF506")).toMatchSnapshot();
    expect(on("29.5.3").of("LF506")).toMatchSnapshot();
    expect(judge(program({}, { os: { packages: ["docker-28.2.2"] } })).of("LF506")).toHaveLength(1);
  });

  test("is no false alarm for versions before and after", () => {
    for (const docker of ["27.3.1", "28.1.1", "28.3.0"]) expect(on(docker).of("LF506")).toEqual([]);
  });
});

describe("LF420: networks that are to be encrypted are", () => {
  const id = "ami-0123456789abcdef0";
  const on = (docker: string | undefined, encrypt = true) =>
    judge(
      (shop) => {
        new Fleet(shop, "core", { machine: "m7g.large", size: 3, os: { image: id } }); // <- LF420
      },
      {
        cluster: { encrypt },
        ...(docker !== undefined && {
          lock: { version: 1, images: { "eu-west-1": { "photon-5.0-arm64": { id, docker } } } },
        }),
      },
    );

  test("is an error with an engine that takes datagrams in the clear, and a warning where nothing tells the engine", () => {
    for (const docker of ["23.0.2", "20.10.23", "19.3.0"]) {
      expect(on(docker).linesOf("LF420")).toEqual(marked(here, "LF420"));
      expect(on(docker).of("LF420")[0]).toMatchObject({ severity: "error" });
    }
    expect(on(undefined).of("LF420")[0]).toMatchObject({ severity: "warning" });
  });

  test("is no false alarm for newer ones, nor where nothing is encrypted", () => {
    for (const docker of ["23.0.3", "20.10.24", "27.3.1", "28.1.1"]) expect(on(docker).of("LF420")).toEqual([]);
    expect(on("23.0.2", false).of("LF420")).toEqual([]);
  });
});

describe("LF217: the fleet's Docker knows the capabilities that its services ask for", () => {
  const id = "ami-0123456789abcdef0";
  const on = (docker: string | undefined, capabilities: readonly string[], release: "4.0" | "5.0" = "5.0") =>
    judge(
      (shop) => {
        const os = { image: id, release } as const;
        const old = new Fleet(shop, "old", { machine: "m7g.large", size: 3, os });
        const idle = new Fleet(shop, "idle", { machine: "m7g.large", size: 3, os });
        new Service(shop, "profiler", { on: old, image, memory: "64MiB", capabilities }); // <- LF217
        new Service(shop, "web", { on: idle, image, memory: "64MiB", capabilities: ["SYS_ADMIN"] });
      },
      {
        ...(docker !== undefined && {
          lock: { version: 1, images: { "eu-west-1": { [`photon-${release}-arm64`]: { id, docker } } } },
        }),
      },
    );

  test.each(["BPF", "CAP_PERFMON", "CHECKPOINT_RESTORE"])("is an error for %s before Docker 23", (name) => {
    for (const docker of ["19.3.0", "20.10.24"]) {
      const found = on(docker, ["CHOWN", name]);
      expect(found.linesOf("LF217")).toEqual(marked(here, "LF217"));
      expect(found.of("LF217")).toMatchObject([{ severity: "error" }]);
    }
    expect(on("23.0.0", [name]).of("LF217")).toEqual([]);
    expect(on("28.5.2", [name]).of("LF217")).toEqual([]);
  });

  test("says what is asked for, and of which fleet", () => {
    expect(on("20.10.24", ["BPF", "PERFMON"]).of("LF217")).toMatchSnapshot();
  });

  test("is a warning where nothing tells the version of Photon 4.0, and nothing for 5.0, whose Docker is new enough", () => {
    expect(on(undefined, ["BPF"], "4.0").of("LF217")).toMatchObject([{ severity: "warning" }]);
    expect(on(undefined, ["BPF"], "5.0").of("LF217")).toEqual([]);
  });

  test("is no matter of what Docker has known for longer", () => {
    expect(on("20.10.24", ["ALL", "SYSLOG", "SYS_ADMIN"]).of("LF217")).toEqual([]);
  });
});

describe("LF507: every zone offers the machine type", () => {
  const on = (zones: string[]) =>
    judge(
      (shop) => {
        new Fleet(shop, "core", { machine: "m7g.large", size: 3, zones }); // <- LF507
      },
      {
        lock: { version: 1, images: {}, offerings: { "eu-west-1": { "m7g.large": ["eu-west-1a", "eu-west-1b"] } } },
      },
    );

  test("is found, at the right line", () => {
    expect(on(["a", "b", "c"]).linesOf("LF507")).toEqual(marked(here, "LF507"));
    expect(on(["a", "b", "c"]).of("LF507")).toMatchSnapshot();
  });

  test("is gone without the zone, and where nothing is known", () => {
    expect(on(["a", "b"]).of("LF507")).toEqual([]);
    expect(judge(program({})).of("LF507")).toEqual([]);
  });
});

const routes = (count: number, service: Service): GatewayProps["routes"] =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`/r${index}`, service]));
const web = (shop: Cluster, fleet: Fleet): Service => new Service(shop, "web", { on: fleet, image, port: 80 });

tryRule(here, "LF509", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 }); // <- LF509
    const service = web(shop, core);
    for (let port = 1; port <= 61; port++) service.uses(external("a.example.com", 1000 + port), { as: `A${port}` });
    new Gateway(shop, "public", { routes: routes(101, service) }); // <- LF509
  },
  fixed: (shop) => {
    const service = web(shop, on(shop));
    for (let port = 1; port <= 60; port++) service.uses(external("a.example.com", 1000 + port), { as: `A${port}` });
    new Gateway(shop, "public", { routes: routes(100, service) });
  },
  near: (shop) => {
    const service = web(shop, on(shop));
    for (let host = 1; host <= 61; host++) service.uses(external(`h${host}.example.com`, 5432), { as: `A${host}` });
  },
});

test("LF509 counts what the clusters of one account and region need together, once", () => {
  const found = judgeApp((app) => {
    for (let number = 1; number <= 6; number++)
      new Cluster(app, `c${number}`, { platform: aws({ region: "eu-west-1", zones: 2, cidr: `10.${number}.0.0/16` }) });
    new Cluster(app, "far", { platform: aws({ region: "eu-central-1", cidr: "10.9.0.0/16" }) });
  }).of("LF509");
  expect(found.map(({ severity, message }) => [severity, message.split(",")[0]])).toEqual([
    ["note", "6 NAT gateways in eu-west-1 have an address each"],
    ["note", "6 clusters in eu-west-1 have a VPC each"],
  ]);
});
