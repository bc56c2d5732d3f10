import { fileURLToPath } from "node:url";
import { Fleet, Gateway, Service, Volume, type Cluster, type FleetProps, type ServiceProps } from "lightfleet";
import { expect, test } from "vitest";
import { judge, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const image = "ghcr.io/acme/cart:1.8.2";

const program =
  (service: Partial<ServiceProps>, fleet: Partial<FleetProps> = {}) =>
  (shop: Cluster): void => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3, ...fleet });
    new Service(shop, "cart", { on: core, image, replicas: 2, memory: "1GiB", ...service });
  };

/** The same with the line of the service marked: each rule here is about one service. */
const on = (shop: Cluster, os: FleetProps["os"] = {}): Fleet =>
  new Fleet(shop, "core", { machine: "m7g.large", size: 3, os });
const base = { image, replicas: 2, memory: "1GiB" } as const;

tryRule(here, "LF301", {
  breaks: (shop) => {
    new Service(shop, "search", { ...base, on: on(shop, { openFiles: 4_096 }), openFiles: 65_536 }); // <- LF301
  },
  fixed: program({ openFiles: 65_536 }, { os: { openFiles: 65_536 } }),
  near: program({}, { os: { openFiles: 1_024 } }),
});

tryRule(here, "LF302", {
  breaks: (shop) => {
    new Fleet(shop, "core", { machine: "m7g.large", size: 3, os: { sysctl: { "fs.file-max": 500_000 } } }); // <- LF302
  },
  fixed: program({}, { os: { sysctl: { "fs.file-max": 2_097_152 } } }),
  near: program({ openFiles: 65_536 }, { os: { openFiles: 65_536, sysctl: { "fs.nr_open": 65_536 } } }),
});

tryRule(here, "LF303", {
  breaks: (shop) => {
    new Service(shop, "search", { ...base, on: on(shop), sysctl: { "net.core.rmem_max": 16_777_216 } }); // <- LF303
  },
  fixed: program({}, { os: { sysctl: { "net.core.rmem_max": 16_777_216 } } }),
  near: program({ sysctl: { "net.core.somaxconn": 4_096, "net.ipv4.tcp_rmem": "4096 131072 6291456" } }),
});

tryRule(here, "LF304", {
  breaks: (shop) => {
    const os = { sysctl: { "net.core.somaxconn": 8_192 } };
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3, os }); // <- LF304
    new Service(shop, "cart", { ...base, on: core });
  },
  fixed: program({ sysctl: { "net.core.somaxconn": 8_192 } }),
  near: program(
    {},
    { os: { sysctl: { "net.ipv4.ip_forward": 1, "vm.max_map_count": 262_144, "net.core.rmem_max": 1 } } },
  ),
});

tryRule(here, "LF306", {
  breaks: (shop) => {
    const core = on(shop);
    new Service(shop, "cart", { on: core, image, replicas: 2 }); // <- LF306
    new Service(shop, "search", { on: core, image, replicas: 2, memoryLimit: "1GiB" }); // <- LF306
  },
  fixed: program({ memoryLimit: "1GiB" }),
  near: program({ memory: "4MiB" }),
});

tryRule(here, "LF307", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 2 }); // <- LF307
    new Service(shop, "cart", { on: core, image, replicas: 6, memory: "256MiB", memoryLimit: "3GiB" });
    new Service(shop, "search", { on: core, image, replicas: 2, memory: "256MiB", memoryLimit: "512MiB" });
  },
  fixed: program({ replicas: 6, memory: "256MiB", memoryLimit: "2GiB" }),
  near: program({ replicas: 20, memory: "768MiB" }),
});

tryRule(here, "LF314", {
  breaks: (shop) => {
    new Service(shop, "encoder", { ...base, on: on(shop), cpuLimit: 2.5 }); // <- LF314
  },
  fixed: program({ cpuLimit: 2 }),
  near: program({ cpu: 1 }),
});

tryRule(here, "LF308", {
  breaks: (shop) => {
    new Service(shop, "browser", { ...base, on: on(shop), memoryLimit: "1GiB", shm: "1GiB" }); // <- LF308
  },
  fixed: program({ memoryLimit: "2GiB", shm: "1GiB" }),
  near: program({ shm: "4GiB" }),
});

tryRule(here, "LF309", {
  breaks: (shop) => {
    const core = on(shop, { sysctl: { "kernel.pid_max": 32_768 } });
    new Service(shop, "cart", { ...base, on: core, pids: 1, init: true }); // <- LF309
    new Service(shop, "jvm", { ...base, on: core, pids: 20, args: ["-Xmx256m"] }); // <- LF309
    new Service(shop, "many", { ...base, on: core, pids: 65_536 }); // <- LF309
  },
  fixed: program({ pids: 200, args: ["-Xmx256m"] }),
  near: program({ pids: 32_768 }, { os: { sysctl: { "kernel.pid_max": 32_768 } } }),
});

tryRule(here, "LF310", {
  breaks: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    new Service(shop, "proxy", { ...base, on: core, port: 8080, hostPort: 8080 }); // <- LF310
    new Service(shop, "admin", { ...base, on: core, port: 80, hostPort: 8080 }); // <- LF310
  },
  fixed: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    new Service(shop, "proxy", { ...base, on: core, port: 8080, hostPort: 8080 });
    new Service(shop, "admin", { ...base, on: core, port: 80, hostPort: 8081 });
  },
  near: (shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 4 });
    const edge = new Fleet(shop, "edge", { machine: "m7g.large", size: 2 });
    new Service(shop, "proxy", { ...base, on: core, port: 8080, hostPort: 8080 });
    new Service(shop, "admin", { ...base, on: core, port: 80, hostPort: 8080 });
    new Service(shop, "other", { ...base, on: edge, port: 80, hostPort: 8080 });
  },
});

test("LF310: a gateway does not lead to two services on one port", () => {
  const found = judge((shop) => {
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 4 });
    const proxy = new Service(shop, "proxy", { ...base, on: core, port: 8080, hostPort: 8080 });
    new Service(shop, "admin", { ...base, on: core, port: 80, hostPort: 8080 });
    new Gateway(shop, "public", { routes: { "/": proxy } });
  });
  expect(found.of("LF310")).toMatchObject([{ places: [{ on: "public" }] }]);
});

tryRule(here, "LF311", {
  breaks: (shop) => {
    const core = on(shop);
    new Service(shop, "docker", { ...base, on: core, port: 2376, hostPort: 2376 }); // <- LF311
    new Service(shop, "range", { ...base, on: core, port: 80, hostPort: 30_500 }); // <- LF311
    new Service(shop, "late", { ...base, on: core, port: 81, hostPort: 50_000 }); // <- LF311
  },
  fixed: program({ port: 80, hostPort: 8080 }),
  near: program({ port: 7946 }),
});

tryRule(here, "LF312", {
  breaks: (shop) => {
    const sysctl = { "net.ipv4.ip_unprivileged_port_start": 1_024 };
    const core = on(shop);
    new Service(shop, "web", { ...base, on: core, port: 80, sysctl, user: "1000" }); // <- LF312
    new Service(shop, "bare", { ...base, on: core, port: 443, sysctl, capabilities: [] }); // <- LF312
  },
  fixed: program({ port: 80, user: "1000", capabilities: [] }),
  near: program({
    port: 80,
    sysctl: { "net.ipv4.ip_unprivileged_port_start": 1_024 },
    capabilities: ["NET_BIND_SERVICE"],
  }),
});

tryRule(here, "LF313", {
  breaks: (shop) => {
    const core = on(shop);
    new Service(shop, "db", { ...base, on: core, image: "mongo:8.0.4", readOnly: true }); // <- LF313
    new Service(shop, "edge", { ...base, on: core, image: "nginx:1.29.1", readOnly: true }); // <- LF313
    new Service(shop, "app", { ...base, on: core, readOnly: true }); // <- LF313
  },
  fixed: (shop) => {
    const core = on(shop);
    const [tmp, cache, run] = ["tmp", "cache", "run"].map((id) => new Volume(shop, id)) as [Volume, Volume, Volume];
    const volumes = { "/var/cache/nginx": cache, "/run": run };
    new Service(shop, "db", { ...base, on: core, image: "mongo:8.0.4", readOnly: true, volumes: { "/tmp": tmp } });
    new Service(shop, "edge", { ...base, on: core, image: "nginx:1.29.1", readOnly: true, volumes });
  },
  near: (shop) => {
    const core = on(shop);
    new Service(shop, "redis", { ...base, on: core, image: "redis:7.4-alpine", readOnly: true });
    new Service(shop, "app", { ...base, on: core, readOnly: true, volumes: { "/data": new Volume(shop, "data") } });
  },
});

test("LF313 is a note where it is not known whether the image writes at all", () => {
  const severity = (image: string) => judge(program({ image, readOnly: true })).of("LF313")[0]?.severity;
  expect(severity("mongo:8.0.4")).toBe("warning");
  expect(severity("acme/app:1")).toBe("note");
});
