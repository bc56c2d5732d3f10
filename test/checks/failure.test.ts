import { fileURLToPath } from "node:url";
import { aws, Cluster, Fleet, Gateway, rolling, Service, Volume, type FleetProps, type ServiceProps } from "lightfleet";
import { describe, expect, test } from "vitest";
import { judgeApp, marked, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const image = "ghcr.io/acme/cart:1.8.2";
const stopFirst = rolling({ order: "stop-first" });

const program =
  (fleet: Partial<FleetProps>, service: Partial<ServiceProps>) =>
  (shop: Cluster): void => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3, ...fleet });
    new Service(shop, "cart", { on: core, image, replicas: 2, memory: "1GiB", rollout: stopFirst, ...service });
  };

tryRule(here, "LF201", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 }); // <- LF201
    new Service(shop, "cart", { on: core, image, replicas: 3, memory: "6GiB", rollout: stopFirst });
  },
  fixed: program({ size: 4 }, { replicas: 3, memory: "6GiB" }),
  near: program({}, { replicas: 4, memory: "3500MiB" }),
});

tryRule(here, "LF202", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 4, survives: "zone" }); // <- LF202
    new Service(shop, "cart", { on: core, image, replicas: 3, memory: "6GiB", rollout: stopFirst });
  },
  fixed: program({ size: 5, survives: "zone" }, { replicas: 3, memory: "6GiB" }),
  near: program({ size: 4, survives: "vm" }, { replicas: 3, memory: "6GiB" }),
});

tryRule(here, "LF203", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    new Service(shop, "cart", { on: core, image, replicas: 1, memory: "1GiB" }); // <- LF203
    new Service(shop, "search", { on: core, image, memory: "1GiB" }); // <- LF203
  },
  fixed: program({}, { replicas: 2 }),
  near: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 1 });
    new Service(shop, "agent", { on: core, image, everywhere: true, memory: "1GiB" });
    new Service(shop, "off", { on: core, image, replicas: 0, memory: "1GiB" });
  },
});

tryRule(here, "LF204", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3, survives: "zone", zones: ["a"] });
    new Service(shop, "cart", { on: core, image, replicas: 2, memory: "1GiB" }); // <- LF204
    const single = new Fleet(shop, "single", { machine: "m7g.large", size: 1 });
    new Service(shop, "batch", { on: single, image, replicas: 2, memory: "1GiB" }); // <- LF204
  },
  fixed: program({ survives: "zone" }, {}),
  near: program({ zones: ["a"], size: 2 }, {}),
});

describe("LF205: the managers keep their quorum", () => {
  const cluster = (size: 1 | 3 | 5, zones: number, survives: "vm" | "zone", production = false) =>
    judgeApp((app) => {
      const props = { platform: aws({ region: "eu-west-1", zones }), control: { size }, production };
      const shop = new Cluster(app, "shop", props); // <- LF205
      program({ survives }, {})(shop);
    });

  test("is found where a manager cannot be lost", () => {
    expect(cluster(1, 3, "vm").linesOf("LF205")).toEqual(marked(here, "LF205"));
    expect(cluster(1, 3, "vm").of("LF205")).toMatchSnapshot();
    expect(cluster(1, 3, "vm", true).of("LF205")).toMatchObject([{ severity: "error" }]);
  });

  test("is found where a zone cannot be lost", () => {
    expect(cluster(3, 2, "zone").of("LF205")).toMatchSnapshot();
    expect(cluster(5, 2, "vm", true).of("LF205")).toMatchObject([{ severity: "error" }]);
  });

  test("is gone with three managers in three zones, or five", () => {
    expect(cluster(3, 3, "zone").of("LF205")).toEqual([]);
    expect(cluster(5, 3, "zone", true).of("LF205")).toEqual([]);
  });

  test("is a note where no fleet is to survive a zone, and none where there is only one", () => {
    expect(cluster(3, 2, "vm").of("LF205")).toMatchObject([{ severity: "note", places: [{ on: "control" }] }]);
    expect(cluster(3, 1, "vm").of("LF205")).toEqual([]);
  });
});

tryRule(here, "LF206", {
  breaks: (shop) => {
    const load = new Fleet(shop, "load", { machine: "m7g.large", size: 4, spot: 0.75 }); // <- LF206
    new Service(shop, "render", { on: load, image, replicas: 4, memory: "3GiB" });
  },
  fixed: program({ size: 4, spot: 0.5 }, { replicas: 4, memory: "3GiB" }),
  near: (shop) => {
    const load = new Fleet(shop, "load", { machine: "m7g.large", size: 4, spot: 1 });
    const base = new Fleet(shop, "base", { machine: "m7g.large", size: 2 });
    new Service(shop, "render", { on: [load, base], image, replicas: 4, memory: "3GiB" });
  },
});

tryRule(here, "LF207", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3, zones: ["a"] });
    const cart = new Service(shop, "cart", { on: core, image, replicas: 3, port: 80, memory: "1GiB" });
    new Gateway(shop, "public", { routes: { "/": cart } }); // <- LF207
  },
  fixed: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3, zones: ["a", "b"] });
    const cart = new Service(shop, "cart", { on: core, image, replicas: 3, port: 80, memory: "1GiB" });
    new Gateway(shop, "public", { routes: { "/": cart } });
  },
  near: (shop) => {
    const one = new Fleet(shop, "one", { machine: "m7g.large", size: 1, zones: ["a"] });
    const two = new Fleet(shop, "two", { machine: "m7g.large", size: 1, zones: ["b"] });
    const cart = new Service(shop, "cart", { on: [one, two], image, replicas: 2, port: 80, memory: "1GiB" });
    new Gateway(shop, "public", { routes: { "/": cart } });
  },
});

tryRule(here, "LF208", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    const data = new Volume(shop, "data");
    new Service(shop, "cart", { on: core, image, replicas: 2, memory: "1GiB", volumes: { "/data": data } }); // <- LF208
  },
  fixed: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    const data = new Volume(shop, "data", { shared: true });
    new Service(shop, "cart", { on: core, image, replicas: 2, memory: "1GiB", volumes: { "/data": data } });
  },
  near: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    const cache = new Volume(shop, "cache");
    new Service(shop, "agent", { on: core, image, everywhere: true, memory: "1GiB", volumes: { "/cache": cache } });
  },
});
