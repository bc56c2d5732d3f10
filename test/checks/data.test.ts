import { fileURLToPath } from "node:url";
import {
  external,
  Fleet,
  rolling,
  Service,
  Volume,
  type Cluster,
  type FleetProps,
  type ServiceProps,
} from "lightfleet";
import { describe, expect, test } from "vitest";
import { statefulImage } from "../../checks/images/stateful.js";
import { judge, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const startFirst = rolling({ order: "start-first" });
const app = "ghcr.io/acme/cart:1.8.2";
const postgres = "postgres:16.4";
const DATA = "/var/lib/postgresql/data";

const fleet = (shop: Cluster, props: Partial<FleetProps> = {}): Fleet =>
  new Fleet(shop, "core", { machine: "m7g.large", size: 3, ...props });

/** A program of one service, which mounts a volume of its VM at a path. */
const keeping =
  (path: string, props: Partial<ServiceProps>, size = 3) =>
  (shop: Cluster): void => {
    const volumes = { [path]: new Volume(shop, "data") };
    new Service(shop, "db", { on: fleet(shop, { size }), image: postgres, memory: "256MiB", volumes, ...props });
  };

describe("an image is known by the words of its name", () => {
  test.each([
    ["postgres:16.4", "database"],
    ["docker.io/bitnami/postgresql:16@sha256:00", "database"],
    ["registry.example.com:5000/acme/shop-mysql-db:2", "database"],
    ["mcr.microsoft.com/mssql/server:2022-latest", "database"],
    ["confluentinc/cp-kafka:7.6.0", "message broker"],
    ["redis/redis-stack-server:7.4.0", "cache"],
    ["docker.elastic.co/elasticsearch/elasticsearch:8.17.0", "search index"],
    ["victoriametrics/victoria-metrics:v1.9", "metrics store"],
  ])("%s is a %s", (image, kind) => {
    expect(statefulImage(image, [])?.kind).toBe(kind);
  });

  test.each([
    "mongo-express:1.0",
    "prometheuscommunity/postgres-exporter:v0.15.0",
    "provectuslabs/kafka-ui:v0.7",
    "confluentinc/cp-kafka-connect:7.6.0",
    "edoburu/pgbouncer:1.2",
    "acme/redistribute:1",
    "acme/user-db:0.4.0",
    "temporalio/server:1.29.1",
  ])("%s is none", (image) => {
    expect(statefulImage(image, [])).toBeUndefined();
  });

  test("a '-db' of a project's own is known by its port", () => {
    expect(statefulImage("acme/user-db:0.4.0", [{ name: "main", port: 27_017, hostPort: null }])?.kind).toBe(
      "database",
    );
  });
});

tryRule(here, "LF212", {
  breaks: (shop) => {
    const on = fleet(shop);
    const volumes = { "/data": new Volume(shop, "data") };
    const shared = { [DATA]: new Volume(shop, "shared", { shared: true }) };
    new Service(shop, "db", { on, image: postgres, memory: "64MiB", volumes, rollout: startFirst }); // <- LF212
    new Service(shop, "web", { on, image: app, memory: "64MiB", volumes, rollout: startFirst }); // <- LF212
    new Service(shop, "nfs", { on, image: postgres, memory: "64MiB", volumes: shared }); // <- LF212
  },
  fixed: keeping(DATA, {}),
  near: (shop) => {
    const on = fleet(shop);
    const shared = new Volume(shop, "shared", { shared: true });
    new Service(shop, "web", { on, image: app, memory: "64MiB", volumes: { "/up": shared }, rollout: startFirst });
    new Service(shop, "nfs", {
      on,
      image: postgres,
      memory: "64MiB",
      volumes: { [DATA]: shared },
      rollout: rolling({ order: "stop-first" }),
    });
    const volumes = { "/tmp": new Volume(shop, "temporary") };
    new Service(shop, "job", { on, image: app, memory: "64MiB", volumes, rollout: startFirst });
  },
});

test("LF212 is an error for a database on a volume of the VM, a warning for others", () => {
  const severity = (image: string) => judge(keeping("/data", { image, rollout: startFirst })).of("LF212")[0]?.severity;
  expect(severity(postgres)).toBe("error");
  expect(severity(app)).toBe("warning");
});

tryRule(here, "LF213", {
  breaks: (shop) => {
    const on = fleet(shop);
    const uploads = new Volume(shop, "uploads");
    const own = new Volume(shop, "own");
    new Service(shop, "web", { on, image: app, memory: "64MiB", volumes: { "/up": uploads } }); // <- LF213
    new Service(shop, "worker", { on, image: app, memory: "64MiB", volumes: { "/in": uploads } }); // <- LF213
    new Service(shop, "cms", { on, image: app, replicas: 2, memory: "64MiB", volumes: { "/cms": own } }); // <- LF213
  },
  fixed: (shop) => {
    const on = fleet(shop);
    const volumes = { "/up": new Volume(shop, "uploads", { shared: true }) };
    new Service(shop, "web", { on, image: app, replicas: 2, memory: "64MiB", volumes });
    new Service(shop, "worker", { on, image: app, memory: "64MiB", volumes });
  },
  near: (shop) => {
    const single = new Fleet(shop, "single", { machine: "m7g.large", size: 1 });
    const on = fleet(shop);
    const volumes = { "/up": new Volume(shop, "uploads") };
    new Service(shop, "web", { on: single, image: app, replicas: 2, memory: "64MiB", volumes });
    new Service(shop, "worker", { on: single, image: app, memory: "64MiB", volumes });
    const logs = { "/logs": new Volume(shop, "logs") };
    new Service(shop, "writer", { on, image: app, memory: "64MiB", volumes: logs });
    new Service(shop, "shipper", { on, image: app, everywhere: true, memory: "64MiB", volumes: logs });
    const cache = { "/var/cache/nginx": new Volume(shop, "cache") };
    new Service(shop, "edge", { on, image: app, replicas: 2, memory: "64MiB", volumes: cache });
  },
});

tryRule(here, "LF214", {
  breaks: (shop) => {
    const on = fleet(shop);
    new Service(shop, "db", { on, image: "mongo:3.4", memory: "64MiB" }); // <- LF214
    new Service(shop, "own", { on, image: "acme/user-db:0.4.0", port: 27_017, memory: "64MiB" }); // <- LF214
    new Service(shop, "queue", { on, image: "rabbitmq:4.1.0", memory: "64MiB" }); // <- LF214
    const volumes = { "/tmp": new Volume(shop, "temporary") };
    new Service(shop, "scratch", { on, image: postgres, memory: "64MiB", volumes }); // <- LF214
  },
  fixed: keeping(DATA, {}),
  near: (shop) => {
    const on = fleet(shop);
    new Service(shop, "redis", { on, image: "redis:7.4-alpine", memory: "64MiB" });
    new Service(shop, "grafana", { on, image: "grafana/grafana:11.0.0", memory: "64MiB" });
    new Service(shop, "off", { on, image: "mongo:3.4", replicas: 0, memory: "64MiB" });
    new Service(shop, "exporter", { on, image: "percona/mongodb_exporter:0.40", memory: "64MiB" });
  },
});

tryRule(here, "LF215", {
  breaks: (shop) => {
    const on = fleet(shop);
    const shared = { "/var/lib/mysql": new Volume(shop, "shared", { shared: true }) };
    new Service(shop, "my", { on, image: "mysql:8.0.40", replicas: 2, memory: "64MiB" }); // <- LF215
    new Service(shop, "redis", { on, image: "redis:7.4-alpine", replicas: 3, memory: "64MiB" }); // <- LF215
    new Service(shop, "one", { on, image: "mariadb:11", replicas: 2, memory: "64MiB", volumes: shared }); // <- LF215
  },
  fixed: keeping(DATA, {}),
  near: (shop) => {
    const on = fleet(shop);
    new Service(shop, "cassandra", { on, image: "cassandra:5.0", replicas: 3, memory: "64MiB" });
    new Service(shop, "local", { on, image: "redis:7.4-alpine", everywhere: true, memory: "64MiB" });
  },
});

describe("LF203: what must run once, or keeps data, is not told to run twice", () => {
  test.each<[string, Partial<ServiceProps>, RegExp]>([
    ["a database", { image: postgres }, /other data/],
    ["a broker", { image: "rabbitmq:4.1.0" }, /other data/],
    ["a cache", { image: "redis:7.4-alpine" }, /other data/],
    ["a scheduler", { args: ["celery", "-A", "shop", "beat"] }, /everything twice/],
    ["a generator of load", { image: "weaveworksdemos/load-test:0.1.1" }, /everything twice/],
  ])("%s", (_, props, hint) => {
    const program = (shop: Cluster): void =>
      void new Service(shop, "one", { on: fleet(shop), image: app, memory: "64MiB", ...props });
    const [finding, ...more] = judge(program).of("LF203");
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: "note" });
    expect(finding?.hint).toMatch(hint);
    expect(judge(program, { cluster: { production: true } }).of("LF203")).toMatchObject([{ severity: "warning" }]);
  });

  test("a service with files on its VM", () => {
    const [finding] = judge(keeping("/uploads", { image: app })).of("LF203");
    expect(finding).toMatchObject({ severity: "note" });
    expect(finding?.hint).toContain("shared: true");
  });
});

describe("no advice makes another matter worse", () => {
  test("LF201 speaks of the data, not of a second VM, where files are on the one that is lost", () => {
    const [finding] = judge(keeping(DATA, {}, 1)).of("LF201");
    expect(finding?.hint).toContain("none of the files");
    expect(finding?.hint).not.toContain("→");
  });

  test("LF201 says both where other services need the VM", () => {
    const [finding] = judge((shop) => {
      keeping(DATA, {}, 1)(shop);
      const core = shop.node.findChild("core") as Fleet;
      new Service(shop, "web", { on: core, image: app, memory: "64MiB" });
    }).of("LF201");
    expect(finding?.hint).toMatch(/1 → 2.*none of the files of "db"/);
  });

  test.each([
    ["LF204", { replicas: 2 }, { size: 1 }],
    ["LF206", {}, { size: 1, spot: 1 }],
  ] as const)("%s speaks of the data too", (code, props, size) => {
    const [finding] = judge((shop) => {
      const volumes = { "/data": new Volume(shop, "data") };
      new Service(shop, "db", { on: fleet(shop, size), image: app, memory: "64MiB", volumes, ...props });
    }).of(code);
    expect(finding?.hint).toContain("none of the files");
  });

  test("LF208 does not advise a network file system for a database", () => {
    expect(judge(keeping(DATA, {})).of("LF208")[0]?.hint).toContain("NFS");
    expect(judge(keeping("/data", { image: app })).of("LF208")[0]?.hint).toContain("shared: true");
  });
});

test("LF401: services that share a volume are not alone", () => {
  const found = judge((shop) => {
    const on = fleet(shop);
    const both = { "/data": new Volume(shop, "both", { shared: true }) };
    const own = { "/data": new Volume(shop, "own", { shared: true }) };
    new Service(shop, "writer", { on, image: app, memory: "64MiB", volumes: both });
    new Service(shop, "reader", { on, image: app, memory: "64MiB", volumes: both });
    new Service(shop, "left", { on, image: app, memory: "64MiB", volumes: own });
  });
  expect(found.of("LF401")).toMatchObject([{ places: [{ on: "left" }] }]);
});

test("LF402: members of a quorum use each other, and others in a circle with them are still told", () => {
  const found = (closed: boolean) =>
    judge((shop) => {
      const on = fleet(shop);
      const kafka = ["kafka-1", "kafka-2", "kafka-3"].map(
        (id) => new Service(shop, id, { on, image: "apache/kafka:3.9.0", port: 9093, memory: "64MiB" }),
      );
      for (const one of kafka)
        for (const other of kafka) if (one !== other) one.uses(other, { as: `PEER_${kafka.indexOf(other)}` });
      const web = new Service(shop, "web", { on, image: app, port: 80, memory: "64MiB" });
      web.uses(kafka[0]!, { as: "KAFKA" });
      if (closed) kafka[0]!.uses(web, { as: "WEB" });
    }).of("LF402");
  expect(found(false)).toEqual([]);
  expect(found(true)).toMatchObject([{ places: [{ on: "kafka-1" }, { on: "web" }] }]);
});

test("a service with a volume of the VM rolls stop-first unless the program says otherwise", () => {
  const order = (props: Partial<ServiceProps>, shared = false): string | undefined => {
    let service: Service | undefined;
    judge((shop) => {
      const volumes = { "/data": new Volume(shop, "data", { shared }) };
      service = new Service(shop, "db", { on: fleet(shop), image: app, memory: "64MiB", volumes, ...props });
      service.uses(external("x.example.com", 443), { as: "X" });
    });
    return service?.toModel().rollout.order;
  };
  expect(order({})).toBe("stop-first");
  expect(order({ rollout: rolling({ parallel: 2 }) })).toBe("stop-first");
  expect(order({ everywhere: true })).toBe("stop-first");
  expect(order({ rollout: startFirst })).toBe("start-first");
  expect(order({}, true)).toBe("start-first");
});

tryRule(here, "LF216", {
  breaks: (shop) => {
    const spot = new Fleet(shop, "cheap", { machine: "m7g.large", size: 3, spot: 0.5 });
    new Service(shop, "encoder", { on: fleet(shop), image: app, memory: "64MiB", stopGrace: "20m" }); // <- LF216
    new Service(shop, "batch", { on: spot, image: app, memory: "64MiB", stopGrace: "5m" }); // <- LF216
  },
  fixed: (shop) => {
    const spot = new Fleet(shop, "cheap", { machine: "m7g.large", size: 3, spot: 1 });
    new Service(shop, "encoder", { on: fleet(shop), image: app, memory: "64MiB", stopGrace: "13m" });
    new Service(shop, "batch", { on: spot, image: app, memory: "64MiB", stopGrace: "55s" });
  },
  near: (shop) => {
    new Service(shop, "encoder", { on: fleet(shop), image: app, memory: "64MiB", stopGrace: "5m" });
  },
});
