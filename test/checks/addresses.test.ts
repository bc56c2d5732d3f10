import { fileURLToPath } from "node:url";
import { Fleet, Gateway, Service, type ServiceProps, type Cluster } from "lightfleet";
import { describe, expect, test } from "vitest";
import type { Lock } from "../../model/lock.js";
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

describe("LF410: published ports have an address for everything behind them", () => {
  test("is found where services, their tasks and all VMs are more than a /24 has", () => {
    // 3 managers, one service, one task beside the others in an update.
    expect(judge(behind(200, 50)).of("LF410")).toMatchObject([{ severity: "error", places: [{ on: null }] }]);
    expect(
      judge(behind(199, 50))
        .of("LF410")
        .map(({ message }) => message),
    ).toMatchSnapshot();
    expect(judge(behind(198, 50)).of("LF410")).toEqual([]);
  });

  test("is no matter of services that no gateway leads to, nor of those that bind a port of their VMs", () => {
    const ports = { web: { port: 8080, hostPort: 8080 } };
    expect(judge(behind(300, 50, ports)).of("LF410")).toEqual([]);
    const inner = judge((shop) => {
      const on = new Fleet(shop, "core", { machine: "m7g.large", size: { min: 3, max: 300 } });
      new Service(shop, "web", { ...base, on });
    });
    expect(inner.of("LF410")).toEqual([]);
    expect(inner.of("LF408")).toEqual([]);
  });
});
