import { fileURLToPath } from "node:url";
import { Fleet, Gateway, Service, type ServiceProps, type Cluster } from "lightfleet";
import { describe, expect, test } from "vitest";
import { ingressSize } from "../../checks/rules/ingress-size.js";
import { runChecks } from "../../checks/run.js";
import { refuseSmallIngress } from "../../operations/plan/verify-ingress.js";
import type { Lock } from "../../model/lock.js";
import { assignNumbers, NO_NUMBERS } from "../../model/numbers.js";
import type { NumbersModel } from "../../model/schema.js";
import { fleetModel, modelOf, serviceModel } from "../program/random-model.js";
import { judge, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const base = { image: "ghcr.io/acme/web:1.8.2", replicas: 2, memory: "64MiB", port: 8080 } as const;
const fleet = (shop: Cluster): Fleet => new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
const route = (shop: Cluster, services: readonly Service[]): void =>
  void new Gateway(shop, "public", { routes: Object.fromEntries(services.map((one) => [`/${one.name}`, one])) });

/** `basket:8080` and `sales:8080` fall on one port. */
function both(shop: Cluster): void {
  const on = fleet(shop);
  const sales = new Service(shop, "sales", { ...base, on });
  const basket = new Service(shop, "basket", { ...base, on });
  const support = new Service(shop, "support", { ...base, on });
  route(shop, [sales, basket, support]);
}

tryRule(here, "LF409", {
  breaks: (shop) => {
    const on = fleet(shop);
    const basket = new Service(shop, "basket", { ...base, on });
    const sales = new Service(shop, "sales", { ...base, on }); // <- LF409
    route(shop, [sales, basket]);
  },
  fixed: (shop) => {
    const on = fleet(shop);
    route(shop, [new Service(shop, "sales", { ...base, on })]);
  },
  near: (shop) => {
    const on = fleet(shop);
    route(shop, [new Service(shop, "sales", { ...base, on }), new Service(shop, "cart", { ...base, on })]);
  },
});

test("LF409: what one of two holds in the lock file is decided, and routes of one priority are told like ports", () => {
  const lock = (ports: Record<string, number>): Lock => ({
    ...{ version: 1, images: {} },
    numbers: { shop: { ports, priorities: {}, networks: {} } },
  });
  expect(judge(both, { lock: lock({ "basket:8080": 30_039 }) }).of("LF409")).toEqual([]);
  const routes = judge((shop) => {
    const on = fleet(shop);
    const web = new Service(shop, "web", { ...base, on });
    new Gateway(shop, "public", { routes: { "/mail": web, "/support": web } });
  });
  expect(routes.of("LF409")).toMatchObject([{ severity: "warning", places: [{ on: "public" }] }]);
});

/** A service behind a gateway, on a fleet that may have so many VMs. */
const behind =
  (max: number, replicas: number, ports?: ServiceProps["ports"]) =>
  (shop: Cluster): void => {
    const on = new Fleet(shop, "core", { machine: "m7g.large", size: { min: 3, max } });
    const { port, ...rest } = base;
    const web = new Service(shop, "web", { ...rest, ...(ports ? { ports } : { port }), replicas, on });
    new Gateway(shop, "public", { routes: { "/": web } });
  };

/** What LF410 says of a program whose lock file has these numbers. */
function judged(max: number, replicas: number, noted: NumbersModel): readonly string[] {
  const port = { name: "http", port: 8080, hostPort: null };
  const web = { ...serviceModel("web", ["core"], [port]), replicas };
  const gateway = {
    id: "public",
    internal: false,
    certificate: null,
    hosts: [],
    routes: [{ path: "/", service: "web", port: 8080 }],
  };
  const fleet = { ...fleetModel("core"), size: { min: 3, desired: 3, max } };
  const draft = { ...modelOf([fleet], [web], [gateway]), numbers: noted };
  const model = { ...draft, numbers: assignNumbers(draft) };
  const { findings } = runChecks({ model, siblings: [], today: "2026-11-24", lock: null }, [ingressSize]);
  return findings.map(({ severity, message }) => `${severity}: ${message}`);
}

describe("LF410: published ports have an address for everything behind them", () => {
  const founded: NumbersModel = { ...NO_NUMBERS, ports: { "web:8080": 30_001 } };

  test("is found in a swarm that was founded with a /24, where services, their tasks and all VMs are more", () => {
    // One service, one task beside the others in an update, and one manager.
    expect(judged(200, 50, founded)).toEqual([]);
    expect(judged(201, 50, founded)).toEqual([
      "error: the network of published ports needs up to 254 addresses, and has 253: one service with 51 tasks, on 202 VMs",
    ]);
  });

  test("a new cluster that needs more gets a /20, which is noted, and ends somewhere too", () => {
    expect(judged(202, 50, NO_NUMBERS)).toEqual([]);
    expect(judged(2_999, 1_091, NO_NUMBERS)).toEqual([]);
    expect(judged(3_000, 1_092, NO_NUMBERS)).toHaveLength(1);
    const [large, small] = [behind(202, 50), behind(3, 2)].map((declare) => judge(declare).models[0]!);
    expect(assignNumbers({ ...large!, numbers: NO_NUMBERS }).networks).toEqual({ ingress: "100.95.240.0/20" });
    expect(assignNumbers({ ...small!, numbers: NO_NUMBERS }).networks).toEqual({});
    expect(judged(202, 50, { ...founded, networks: { ingress: "100.95.240.0/20" } })).toEqual([]);
    expect(judged(600, 50, { ...founded, networks: { ingress: "100.95.240.0/23" } })).toHaveLength(1);
  });

  test("is no matter of services that no gateway leads to, nor of those that bind a port of their VMs", () => {
    const ports = { web: { port: 8080, hostPort: 8080 } };
    expect(judge(behind(5_000, 50, ports)).of("LF410")).toEqual([]);
    const inner = judge((shop) => {
      const on = new Fleet(shop, "core", { machine: "m7g.large", size: { min: 3, max: 300 } });
      new Service(shop, "web", { ...base, on });
    });
    expect(inner.of("LF410")).toEqual([]);
    expect(inner.of("LF408")).toEqual([]);
  });
});

test("LF411: a swarm that is deployed is asked, whatever the lock file says", () => {
  const draft = judge(behind(202, 50)).models[0]!;
  expect(() => refuseSmallIngress(draft, { ingress: "100.95.240.0/20" })).not.toThrow();
  for (const ingress of ["100.64.0.0/24", "", undefined])
    expect(() => refuseSmallIngress(draft, { ...(ingress !== undefined && { ingress }) })).toThrow(
      expect.objectContaining({ code: "LF411" }),
    );
  const accepted = { ...draft, acknowledged: [{ code: "LF410", on: null, reason: "made larger by hand" }] };
  expect(() => refuseSmallIngress(accepted, {})).not.toThrow();
  expect(() => refuseSmallIngress(judge(behind(100, 50)).models[0]!, {})).not.toThrow();
});
