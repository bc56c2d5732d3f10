import { fileURLToPath } from "node:url";
import { aws, Cluster, external, Fleet, Gateway, http, Mesh, Service } from "lightfleet";
import { describe, expect, test } from "vitest";
import { judge, judgeApp, marked, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const base = { image: "ghcr.io/acme/cart:1.8.2", replicas: 2, memory: "256MiB", port: 80 } as const;
const fleet = (shop: Cluster): Fleet => new Fleet(shop, "core", { machine: "m7g.large", size: 3 });

tryRule(here, "LF401", {
  breaks: (shop) => {
    new Service(shop, "cart", { ...base, on: fleet(shop) }); // <- LF401
  },
  fixed: (shop) => {
    const on = fleet(shop);
    const cart = new Service(shop, "cart", { ...base, on });
    new Service(shop, "web", { ...base, on }).uses(cart, { as: "CART" });
  },
  near: (shop) => {
    const on = fleet(shop);
    new Service(shop, "mailer", { ...base, on }).uses(external("smtp.example.com", 587), { as: "SMTP" });
    new Service(shop, "agent", { image: base.image, on, everywhere: true, memory: "64MiB" });
  },
});

tryRule(here, "LF402", {
  breaks: (shop) => {
    const on = fleet(shop);
    const cart = new Service(shop, "cart", { ...base, on }); // <- LF402
    const stock = new Service(shop, "stock", { ...base, on }); // <- LF402
    const price = new Service(shop, "price", { ...base, on }); // <- LF402
    cart.uses(stock, { as: "STOCK" });
    stock.uses(price, { as: "PRICE" });
    price.uses(cart, { as: "CART" });
  },
  fixed: (shop) => {
    const on = fleet(shop);
    const cart = new Service(shop, "cart", { ...base, on });
    const stock = new Service(shop, "stock", { ...base, on });
    cart.uses(stock, { as: "STOCK" });
  },
  near: (shop) => {
    const on = fleet(shop);
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => new Service(shop, id, { ...base, on }));
    a!.uses(b!, { as: "B" }).uses(c!, { as: "C" });
    b!.uses(d!, { as: "D" });
    c!.uses(d!, { as: "D" });
  },
});

test("LF402 leaves the members of a mesh alone, and finds who else is in a circle with them", () => {
  const found = judge((shop) => {
    const on = fleet(shop);
    const [a, b, web] = ["a", "b", "web"].map((id) => new Service(shop, id, { ...base, on }));
    new Mesh(shop, "bus", { services: [a!, b!] });
    a!.uses(b!, { as: "B" });
    b!.uses(web!);
    web!.uses(b!);
  });
  expect(found.of("LF402").flatMap(({ places }) => places.map(({ on }) => on))).toEqual(["b", "web"]);
});

tryRule(here, "LF403", {
  breaks: (shop) => {
    const on = fleet(shop);
    const [web, cart] = [new Service(shop, "web", { ...base, on }), new Service(shop, "cart", { ...base, on })];
    const routes = { "/": web, "/cart": cart, "/cart/items": cart, "/Cart": web };
    new Gateway(shop, "public", { routes }); // <- LF403
  },
  fixed: (shop) => {
    const on = fleet(shop);
    const [web, cart] = [new Service(shop, "web", { ...base, on }), new Service(shop, "cart", { ...base, on })];
    new Gateway(shop, "public", { routes: { "/": web, "/cart": cart } });
  },
  near: (shop) => {
    const on = fleet(shop);
    const [web, cart] = [new Service(shop, "web", { ...base, on }), new Service(shop, "cart", { ...base, on })];
    new Gateway(shop, "public", { routes: { "/": web, "/cart": cart, "/cart/help": web, "/carts": cart } });
  },
});

tryRule(here, "LF404", {
  breaks: (shop) => {
    const web = new Service(shop, "web", { ...base, on: fleet(shop) }); // <- LF404
    new Gateway(shop, "public", { routes: { "/": web } });
  },
  fixed: (shop) => {
    const web = new Service(shop, "web", { ...base, on: fleet(shop), health: http("/healthz") });
    new Gateway(shop, "public", { routes: { "/": web } });
  },
  near: (shop) => {
    const web = new Service(shop, "web", { ...base, on: fleet(shop) });
    new Gateway(shop, "inside", { routes: { "/": web }, internal: true });
  },
});

tryRule(here, "LF405", {
  breaks: (shop) => {
    const on = fleet(shop);
    new Service(shop, "redis", { ...base, on });
    new Service(shop, "web", { ...base, on }).uses(external("redis", 80), { as: "REDIS" }); // <- LF405
  },
  fixed: (shop) => {
    const on = fleet(shop);
    const redis = new Service(shop, "redis", { ...base, on });
    new Service(shop, "web", { ...base, on }).uses(redis, { as: "REDIS" });
  },
  near: (shop) => {
    const on = fleet(shop);
    new Service(shop, "redis", { ...base, on });
    new Service(shop, "web", { ...base, on }).uses(external("redis.example.com", 6379), { as: "REDIS" });
  },
});

test("LF405: an edge into another cluster by a service's name is found too", () => {
  const platform = aws({ region: "eu-west-1", zones: 3 });
  const found = judgeApp((app) => {
    const data = new Cluster(app, "data", { platform });
    new Service(data, "store", { ...base, on: fleet(data) });
    const shop = new Cluster(app, "shop", { platform });
    new Service(shop, "web", { ...base, on: fleet(shop) }).uses(external("store", 80), { as: "STORE" });
  });
  expect(found.of("LF405")).toMatchObject([{ places: [{ on: "web", edge: "STORE" }] }]);
  expect(found.of("LF405")[0]?.message).toContain('the cluster "data"');
});

describe("LF406: address ranges do not overlap", () => {
  const cluster = (
    cidr: "10.0.0.0/16" | "172.17.0.0/16" | "100.64.0.0/20",
    peers: ("10.0.128.0/17" | "172.18.4.0/24" | "10.1.0.0/16")[],
  ) =>
    judgeApp((app) => {
      new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", cidr, peers }) }); // <- LF406
    });

  test("is found for Docker's bridges, the overlay pool and peers", () => {
    expect(cluster("172.17.0.0/16", []).linesOf("LF406")).toEqual(marked(here, "LF406"));
    expect(cluster("172.17.0.0/16", []).of("LF406")).toMatchSnapshot();
    expect(cluster("100.64.0.0/20", []).of("LF406")).toMatchSnapshot();
    expect(cluster("10.0.0.0/16", ["10.0.128.0/17", "172.18.4.0/24"]).of("LF406")).toMatchSnapshot();
  });

  test("is no false alarm for a neighbour", () => {
    expect(cluster("10.0.0.0/16", ["10.1.0.0/16"]).of("LF406")).toEqual([]);
  });
});

tryRule(here, "LF407", {
  breaks: (shop) => {
    const on = fleet(shop);
    const off = new Service(shop, "off", { ...base, on, replicas: 0 });
    new Service(shop, "web", { ...base, on }).uses(off, { as: "OFF" }); // <- LF407
    new Gateway(shop, "public", { routes: { "/": off } }); // <- LF407
  },
  fixed: (shop) => {
    const on = fleet(shop);
    const off = new Service(shop, "off", { ...base, on, replicas: 1 });
    new Service(shop, "web", { ...base, on }).uses(off, { as: "OFF" });
  },
  near: (shop) => {
    const on = fleet(shop);
    const off = new Service(shop, "off", { ...base, on, replicas: 0 });
    new Service(shop, "also", { ...base, on, replicas: 0 }).uses(off, { as: "OFF" });
  },
});

/** A service that two others with many tasks use. */
const used =
  (replicas: number) =>
  (shop: Cluster): void => {
    const on = fleet(shop);
    const store = new Service(shop, "store", { ...base, on }); // <- LF408
    for (const id of ["web", "api"]) new Service(shop, id, { ...base, on, replicas }).uses(store, { as: "STORE" });
  };

tryRule(here, "LF408", { breaks: used(2_100), fixed: used(60), near: used(2_040) });

test("what is acknowledged on the service is taken there alone, with its reason", () => {
  const found = judge((shop) => {
    const on = fleet(shop);
    new Service(shop, "one", { ...base, on }).acknowledge("LF401", "it is asked by hand");
    new Service(shop, "two", { ...base, on });
    shop.acknowledge("LF999", "nothing has this code");
  });
  expect(found.of("LF401")).toMatchObject([
    { acknowledged: null, places: [{ on: "two" }] },
    { acknowledged: "it is asked by hand", places: [{ on: "one" }] },
  ]);
  expect(found.reports[0]?.unused).toEqual([{ code: "LF999", on: null, reason: "nothing has this code" }]);
});
