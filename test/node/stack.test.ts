import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { http, Secret, secretsManager, Service, ssm, tcp, Volume, type Model, type ServiceProps } from "lightfleet";
import { networkRanges } from "../../model/network-ranges.js";
import { LARGE_OVERLAYS, largeRange } from "../../model/overlay-sizes.js";
import { addressDemand, overlays } from "../../model/overlays.js";
import { releaseBundle } from "../../node/release.js";
import { fleetModel, modelOf, serviceModel } from "../program/random-model.js";
import { small } from "../program/small.js";
import { synthesize } from "../program/synthesize.js";

const service = z.looseObject({
  image: z.string(),
  networks: z.array(z.string()),
  volumes: z.array(z.record(z.string(), z.unknown())).default([]),
  secrets: z.array(z.record(z.string(), z.unknown())).default([]),
  configs: z.array(z.record(z.string(), z.unknown())).default([]),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  deploy: z.looseObject({}),
});
const bundle = z.looseObject({
  stack: z.looseObject({
    version: z.string(),
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.unknown()),
    volumes: z.record(z.string(), z.unknown()).optional(),
  }),
  secrets: z.record(z.string(), z.unknown()),
  configs: z.record(z.string(), z.unknown()),
});

/** The bundle of a model whose values are all plain. */
const bundleOf = (model: Model): z.infer<typeof bundle> =>
  bundle.parse(JSON.parse(JSON.stringify(releaseBundle(model, { volumeHosts: new Map() }))));

const withProps = (props: Partial<ServiceProps>): z.infer<typeof service> => {
  const { model } = synthesize((app) => {
    small(app, { service: props });
  });
  return bundleOf(model).stack.services["web"]!;
};

const connected = (services: Model["services"]): Model => modelOf([fleetModel("core")], services, []);

describe("networks", () => {
  /** Services of any number with edges of any kind between them. */
  const anyServices = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 }))
    .map(([count, pairs]) => {
      const names = Array.from({ length: count }, (_, index) => `s${index}`);
      return names.map((name, index) => ({
        ...serviceModel(name, ["core"]),
        uses: [
          ...new Set(pairs.filter(([from, to]) => from === index && to < count && to !== index).map(([, to]) => to)),
        ].map((to) => ({ as: `TO_${to}`, to: { service: `s${to}` }, port: 80 })),
      }));
    });

  test("join every service with those that it uses", () => {
    fc.assert(
      fc.property(anyServices, (services) => {
        const networks = overlays(connected(services));
        for (const { id, uses } of services)
          for (const { to } of uses)
            if ("service" in to)
              expect(networks.some(({ members }) => members.includes(id) && members.includes(to.service))).toBe(true);
      }),
    );
  });

  test("join no two services that have no edge, directly or by a service that both use", () => {
    fc.assert(
      fc.property(anyServices, (services) => {
        const callees = new Map(
          services.map(({ id, uses }) => [
            id,
            new Set([id, ...uses.flatMap(({ to }) => ("service" in to ? [to.service] : []))]),
          ]),
        );
        for (const { members } of overlays(connected(services)))
          for (const a of members)
            for (const b of members) {
              const common = [...callees.get(a)!].some((callee) => callees.get(b)!.has(callee));
              expect(common, `${a} and ${b}`).toBe(true);
            }
      }),
    );
  });

  test("leave no service on the stack's default network, where all others would be", () => {
    fc.assert(
      fc.property(anyServices, (services) => {
        const { stack } = bundleOf(modelOf([fleetModel("core")], services, []));
        for (const { networks } of Object.values(stack.services)) expect(networks.length).toBeGreaterThan(0);
        const used = Object.values(stack.services).flatMap(({ networks }) => networks);
        expect([...new Set(used)].sort()).toEqual(Object.keys(stack.networks).sort());
      }),
    );
  });

  test("stay as they are for the others when a service gets one more user", () => {
    const db = serviceModel("db", ["core"]);
    const before = bundleOf(modelOf([fleetModel("core")], [serviceModel("a", ["core"]), db], [])).stack.services;
    const a = { ...serviceModel("a", ["core"]), uses: [{ as: "DB", to: { service: "db" }, port: 1 }] };
    const after = bundleOf(modelOf([fleetModel("core")], [a, db], [])).stack.services;
    expect(after["db"]).toEqual(before["db"]);
  });

  test("are one where two services would have the same members", () => {
    const edge = (to: string): Model["services"][number]["uses"] => [{ as: "X", to: { service: to }, port: 1 }];
    const services = [
      { ...serviceModel("a", ["core"]), uses: edge("b") },
      { ...serviceModel("b", ["core"]), uses: edge("a") },
    ];
    expect(overlays(connected(services))).toEqual([{ name: "a", service: "a", members: ["a", "b"], addresses: 253 }]);
  });

  describe("need addresses", () => {
    const fleet = (max: number) => ({ ...fleetModel("core"), size: { min: 1, desired: 1, max } });
    const web = (replicas: number | "everywhere", order: "start-first" | "stop-first" = "start-first") => ({
      ...serviceModel("web", ["core"]),
      replicas,
      rollout: { parallel: 1, order, pauseMs: 0, onFailure: "rollback" as const },
    });

    test("for tasks, those beside them in an update that starts first, services, and VMs with tasks", () => {
      expect(addressDemand([web(100)], [fleet(9)])).toBe(100 + 1 + 1 + 9);
      expect(addressDemand([web(100, "stop-first")], [fleet(9)])).toBe(100 + 1 + 9);
      expect(addressDemand([web("everywhere", "stop-first")], [fleet(9)])).toBe(9 + 1 + 9);
    });

    test("on no more VMs than there are tasks: large fleets of small services need few", () => {
      expect(addressDemand([web(3, "stop-first")], [fleet(400)])).toBe(3 + 1 + 3);
    });

    test("of a /24, which Swarm gives them, or else of a /20 of their own, under another name", () => {
      const networkOf = (replicas: number) =>
        Object.entries(bundleOf(modelOf([fleet(1)], [web(replicas, "stop-first")], [])).stack.networks);
      expect(networkOf(251)).toEqual([["web", { driver: "overlay", attachable: false }]]);
      const [large] = networkOf(252);
      expect(large?.[0]).toBe("web_20");
      expect(large?.[1]).toHaveProperty("ipam.config", [
        { subnet: expect.stringMatching(/^100\.(9[6-9]|1[01]\d|12[0-7])\.\d+\.0\/20$/) },
      ]);
    });

    test("have a name each, also where a service is called as the large network of another", () => {
      const services = [web(252, "stop-first"), serviceModel("web_20", ["core"]), serviceModel("web_20_20", ["core"])];
      const named = (model: Model): string[] => Object.keys(bundleOf(model).stack.networks).sort();
      const model = modelOf([fleet(1)], services, []);
      expect(named(model)).toEqual(["web.20", "web_20", "web_20_20"]);
      expect(named({ ...model, encrypt: true })).toEqual(["web.20.esp", "web_20.esp", "web_20_20.esp"]);
      const { stack } = bundleOf(model);
      expect(stack.services["web"]).toMatchObject({ networks: ["web.20"] });
      expect(stack.services["web_20"]).toMatchObject({ networks: ["web_20"] });
    });

    test("have a range that is not the one of a network that had the name before", () => {
      // Until the last task has left it, the old one stands beside the new one.
      const noted = modelOf([fleet(1)], [web(252, "stop-first")], []);
      const model = modelOf([fleet(1)], [web(252, "stop-first"), serviceModel("web_20", ["core"])], []);
      for (let place = 0; place < LARGE_OVERLAYS; place++) {
        const numbers = { ...noted.numbers, networks: { web_20: largeRange(place) } };
        expect(networkRanges({ ...model, numbers }).get("web.20")).not.toBe(largeRange(place));
      }
    });

    test("are others where they are encrypted, by name and by range: neither changes in place", () => {
      const model = modelOf([fleet(1)], [web(252, "stop-first"), serviceModel("api", ["core"])], []);
      const [plain, encrypted] = [model, { ...model, encrypt: true as const }].map(
        (one) => bundleOf(one).stack.networks,
      );
      expect(Object.keys(plain!)).toEqual(["web_20", "api"]);
      expect(encrypted!["api.esp"]).toEqual({ driver: "overlay", attachable: false, driver_opts: { encrypted: "" } });
      expect(encrypted!["web_20.esp"]).toMatchObject({ driver_opts: { encrypted: "" } });
      const ranges = [plain!["web_20"], encrypted!["web_20.esp"]].map((one) =>
        JSON.stringify(Reflect.get(one as object, "ipam")),
      );
      expect(ranges[0]).not.toBe(ranges[1]);
    });

    test("of which a network that was accepted as too small keeps what it has", () => {
      const model = modelOf([fleet(1)], [web(300)], []);
      const acknowledged = [{ code: "LF408", on: "web", reason: "never all at once" }];
      expect(overlays({ ...model, acknowledged })).toMatchObject([{ name: "web", addresses: 253 }]);
    });
  });
});

describe("a health check", () => {
  test("of a port is asked by the probe of the VM, which needs no shell in the image", () => {
    const asked = withProps({ health: http("/healthz") });
    expect(asked.healthcheck?.test).toEqual(["CMD", "/.lightfleet-probe", "http", "80", "/healthz"]);
    expect(asked.volumes).toContainEqual({
      type: "bind",
      source: "/opt/lightfleet/probe",
      target: "/.lightfleet-probe",
      read_only: true,
    });
    expect(withProps({ health: tcp() }).healthcheck?.test).toEqual(["CMD", "/.lightfleet-probe", "tcp", "80"]);
  });
});

describe("secrets, volumes and files", () => {
  const { model, document } = synthesize((app) => {
    const { cluster, fleet } = small(app);
    new Service(cluster, "api", {
      on: fleet,
      image: "api:1",
      secrets: {
        "db-password": new Secret(cluster, "db-password", { source: ssm("/shop/db") }),
        key: new Secret(cluster, "key", { source: secretsManager("shop/key") }),
      },
      volumes: { "/data": new Volume(cluster, "data"), "/media": new Volume(cluster, "media", { shared: true }) },
      files: { "/etc/app.conf": "price = $5\n" },
    });
  });

  test("are named in the bundle, without a value of a secret", () => {
    const { stack, secrets, configs } = bundleOf(model);
    expect(secrets).toEqual({
      "db-password": { from: "ssm", name: "/shop/db" },
      key: { from: "secretsmanager", name: "shop/key" },
    });
    expect(stack.services["api"]).toMatchObject({
      secrets: [
        { source: "db-password", target: "db-password" },
        { source: "key", target: "key" },
      ],
      volumes: [
        { type: "volume", source: "data", target: "/data" },
        { type: "volume", source: "media", target: "/media" },
      ],
    });
    const [{ source, target } = { source: "", target: "" }] = stack.services["api"]!.configs;
    expect(target).toBe("/etc/app.conf");
    expect(configs[String(source)]).toEqual({ content: "price = $5\n" });
    expect(stack.volumes).toHaveProperty("data", {});
  });

  test("come with a file system for each shared volume, reached from the fleets of its services", () => {
    expect(document.resource["aws_efs_file_system"]).toHaveProperty("media");
    expect(Object.keys(document.resource["aws_efs_mount_target"] ?? {})).toEqual(["media_a", "media_b", "media_c"]);
    expect(document.resource["aws_vpc_security_group_ingress_rule"]).toHaveProperty("media_from_core");
    expect(document.locals["release"]).toContain("jsonencode(");
  });

  test("are readable to the managers alone", () => {
    const policies = JSON.stringify(document.resource["aws_iam_role_policy"]);
    const { control, core } = document.resource["aws_iam_role_policy"] ?? {};
    expect(JSON.stringify(control)).toContain("parameter/shop/db");
    expect(JSON.stringify(control)).toContain("secret:shop/key-??????");
    expect(JSON.stringify(core)).not.toContain("shop/db");
    expect(policies).not.toContain("secretsmanager:*");
  });
});

test("what Swarm and Compose would expand arrives as it is written", () => {
  const written = withProps({
    env: { TEMPLATE: "{{ .Status }} of {{{x}}", PRICE: "$5", LONE: "}} {" },
    args: ["{{ $x }}"],
  });
  expect(written).toMatchObject({
    environment: { TEMPLATE: '{{"{{"}} .Status }} of {{"{{"}}{x}}', PRICE: "$$5", LONE: "}} {" },
    command: ["{{ $$x }}"],
  });
});
