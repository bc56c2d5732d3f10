import { fileURLToPath } from "node:url";
import { Fleet, Gateway, Service, type Cluster } from "lightfleet";
import { expect, test } from "vitest";
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
