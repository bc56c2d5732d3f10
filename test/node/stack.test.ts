import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  command,
  external,
  Fleet,
  http,
  rolling,
  Secret,
  Service,
  ssm,
  tcp,
  Volume,
  type Model,
  type ServiceProps,
} from "lightfleet";
import { Hole, type Json } from "../../node/json.js";
import { releaseBundle, RELEASE_VERSION } from "../../node/release.js";
import { composeStack } from "../../node/stack.js";
import { anyModel } from "../program/random-model.js";
import { small, type Small } from "../program/small.js";
import { synthesize } from "../program/synthesize.js";

const stackShape = z.looseObject({
  services: z.record(z.string(), z.looseObject({ networks: z.array(z.string()), deploy: z.looseObject({}) })),
  networks: z.record(z.string(), z.unknown()),
});
type Stack = z.infer<typeof stackShape>;

const SOURCES = { volumeHosts: new Map([["media", "${aws_efs_file_system.media.dns_name}"]]) };

/** A document with its holes as templates. */
const plain = (document: Json): unknown =>
  JSON.parse(JSON.stringify(document, (_, value: unknown) => (value instanceof Hole ? value.template : value)));
const stackOf = (model: Model): Stack => stackShape.parse(plain(composeStack(model, SOURCES)));

const modelWith = (declare: (parts: Small) => void): Model =>
  synthesize((app) => {
    declare(small(app));
  }).model;

/** The service "api" with these props, as Compose gets it. */
const composed = (props: (parts: Small) => Partial<ServiceProps>): Stack["services"][string] =>
  stackOf(
    modelWith((parts) => {
      new Service(parts.cluster, "api", { on: parts.fleet, image: "api:1", ...props(parts) });
    }),
  ).services["api"]!;

describe("a service of the stack", () => {
  test("has what was declared", () => {
    expect(
      composed(() => ({
        args: ["--x"],
        user: "1000:1000",
        env: { A: "1" },
        port: 80,
        hostPort: 8080,
        cpu: 0.25,
        cpuLimit: 0.5,
        memory: "128MiB",
        memoryLimit: "1GiB",
        pids: 100,
        shm: "1GiB",
        openFiles: 4096,
        sysctl: { "net.core.somaxconn": 4096 },
        readOnly: true,
        capabilities: ["NET_BIND_SERVICE"],
        labels: { team: "cart" },
        rollout: rolling({ parallel: 2, pause: "5s", onFailure: "pause" }),
        maxPerVm: 1,
        replicas: 4,
      })),
    ).toMatchObject({
      image: "api:1",
      command: ["--x"],
      user: "1000:1000",
      environment: { A: "1" },
      ports: [{ target: 80, published: 8080, protocol: "tcp", mode: "host" }],
      volumes: [{ type: "tmpfs", target: "/dev/shm", tmpfs: { size: 1_073_741_824 } }],
      read_only: true,
      cap_drop: ["ALL"],
      cap_add: ["NET_BIND_SERVICE"],
      sysctls: { "net.core.somaxconn": "4096" },
      ulimits: { nofile: { soft: 4096, hard: 4096 } },
      deploy: {
        mode: "replicated",
        replicas: 4,
        labels: { team: "cart" },
        placement: { constraints: ["node.labels.lightfleet.fleet == core"], max_replicas_per_node: 1 },
        resources: {
          reservations: { cpus: "0.25", memory: "128M" },
          limits: { cpus: "0.5", memory: "1024M", pids: 100 },
        },
        update_config: { parallelism: 2, delay: "5000ms", order: "stop-first", failure_action: "pause" },
        rollback_config: { failure_action: "pause" },
      },
    });
  });

  test("leaves out what was not", () => {
    const bare = composed(() => ({}));
    for (const key of [
      "command",
      "user",
      "ports",
      "volumes",
      "secrets",
      "configs",
      "read_only",
      "cap_add",
      "healthcheck",
    ])
      expect(bare).not.toHaveProperty(key);
  });

  test("runs once on each VM where it is everywhere", () => {
    const { deploy } = composed(() => ({ everywhere: true }));
    expect(deploy).toMatchObject({ mode: "global" });
    expect(deploy).not.toHaveProperty("replicas");
  });

  test("on several fleets is kept off all others", () => {
    const model = modelWith(({ cluster, fleet }) => {
      const more = ["more", "other"].map((id) => new Fleet(cluster, id, { machine: "t4g.small", size: 1 }));
      new Service(cluster, "api", { on: [fleet, more[0]!], image: "api:1" });
    });
    expect(stackOf(model).services["api"]?.deploy).toMatchObject({
      placement: {
        constraints: ["node.labels.lightfleet.fleet != control", "node.labels.lightfleet.fleet != other"],
        preferences: [{ spread: "node.labels.lightfleet.zone" }],
      },
    });
  });

  test("keeps every '$' of the program from Compose", () => {
    const service = composed(({ cluster }) => ({
      env: { A: "$HOME ${B}" },
      args: ["$$"],
      labels: { price: "5$" },
      health: command(["sh", "-c", "test $X"]),
      image: "api:$1",
      port: 80,
      secrets: { s: new Secret(cluster, "s", { source: ssm("/s") }) },
    }));
    expect(service).toMatchObject({
      image: "api:$$1",
      environment: { A: "$$HOME $${B}" },
      command: ["$$$$"],
      healthcheck: { test: ["CMD", "sh", "-c", "test $$X"] },
      deploy: { labels: { price: "5$$" } },
      secrets: [{ source: "s", target: "s" }],
    });
  });

  test.each([
    [http("/healthz", { every: "15s" }), ["CMD", expect.any(String), "http", "80", "/healthz"]],
    [tcp({ port: 81 }), ["CMD", expect.any(String), "tcp", "81"]],
    [command(["true"]), ["CMD", "true"]],
  ])("is asked by %o", (health, words) => {
    expect(composed(() => ({ port: 80, health }))).toMatchObject({ healthcheck: { test: words, retries: 3 } });
  });
});

describe("the networks of any model", () => {
  test("join a service with those that it has an edge with, and with no others", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const { services, networks } = stackOf(model);
        const joined = (a: string, b: string): boolean =>
          services[a]!.networks.some((network) => services[b]!.networks.includes(network));
        for (const a of model.services) {
          expect(services[a.id]!.networks.length).toBeGreaterThan(0);
          for (const network of services[a.id]!.networks) expect(networks).toHaveProperty([network]);
          for (const { to } of a.uses) if ("service" in to) expect(joined(a.id, to.service)).toBe(true);
        }
        for (const a of model.services)
          for (const b of model.services)
            if (a.id < b.id && joined(a.id, b.id)) expect(related(model, a.id, b.id)).toBe(true);
      }),
    );
  });
});

/** Whether one uses the other, or both use a third. */
function related({ services }: Model, a: string, b: string): boolean {
  const used = (id: string): string[] => [
    id,
    ...services.find((service) => service.id === id)!.uses.flatMap(({ to }) => ("service" in to ? [to.service] : [])),
  ];
  return used(a).some((id) => used(b).includes(id));
}

describe("the release bundle", () => {
  const model = modelWith(({ cluster, fleet, service }) => {
    const password = new Secret(cluster, "password", { source: ssm("/shop/db") });
    new Secret(cluster, "unused", { source: ssm("/shop/x") });
    const api = new Service(cluster, "api", {
      on: fleet,
      image: "api:1",
      port: 80,
      secrets: { "db-password": password },
      files: { "/etc/a.conf": "price=$5", "/etc/b/a.conf": "other" },
      volumes: { "/data": new Volume(cluster, "data"), "/media": new Volume(cluster, "media", { shared: true }) },
    });
    service.uses(api, { as: "API" }).uses(external("db.example.com", 5432), { as: "DB" });
  });
  const bundle = z
    .looseObject({
      secrets: z.record(z.string(), z.unknown()),
      configs: z.record(z.string(), z.unknown()),
      stack: z.unknown(),
    })
    .parse(plain(releaseBundle(model, SOURCES)));

  test("says where secrets are kept, of those that are used, and not what they are", () => {
    expect(bundle.secrets).toEqual({ password: { from: "ssm", name: "/shop/db" } });
  });

  test("holds files as they were written, each under a key of its own", () => {
    expect(Object.values(bundle.configs)).toEqual([{ content: "price=$5" }, { content: "other" }]);
    const { configs } = z
      .looseObject({ configs: z.array(z.looseObject({ source: z.string() })) })
      .parse(stackShape.parse(bundle.stack).services["api"]);
    expect(configs).toMatchObject([{ target: "/etc/a.conf" }, { target: "/etc/b/a.conf" }]);
    expect(configs.map(({ source }) => source)).toEqual(Object.keys(bundle.configs));
  });

  test("gives the addresses of what is used, and mounts volumes by name", () => {
    const { services } = stackShape.parse(bundle.stack);
    expect(services["web"]).toMatchObject({ environment: { API: "api:80", DB: "db.example.com:5432" } });
    expect(services["api"]).toMatchObject({
      volumes: [
        { type: "volume", source: "data", target: "/data" },
        { type: "volume", source: "media", target: "/media" },
      ],
    });
    expect(bundle.stack).toMatchObject({
      volumes: {
        data: {},
        media: {
          driver_opts: { type: "nfs", o: expect.stringMatching(/^addr=\$\{aws_efs_file_system\.media\.dns_name\},/) },
        },
      },
    });
  });

  test("has a version, and nothing that a release alone changes", () => {
    expect(bundle).toMatchObject({ version: RELEASE_VERSION, cluster: "shop" });
    expect(plain(releaseBundle(model, SOURCES))).toEqual(bundle);
  });
});
