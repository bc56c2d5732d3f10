import { describe, expect, test } from "vitest";
import { command, http, rolling, Service, tcp, type FleetProps, type Model, type ServiceProps } from "lightfleet";
import { DEFAULT_CAPABILITIES } from "../../model/limits/linux.js";
import { small, type SmallOptions } from "../program/small.js";
import { synthesize } from "../program/synthesize.js";

const modelWith = (options: SmallOptions): Model =>
  synthesize((app) => {
    small(app, { gateway: false, ...options });
  }).model;
const service = (props: Partial<ServiceProps>): Model["services"][number] => modelWith({ service: props }).services[0]!;
const fleet = (props: Partial<FleetProps>): Model["fleets"][number] => modelWith({ fleet: props }).fleets[1]!;

describe("defaults", () => {
  test("of a service", () => {
    const { services } = synthesize((app) => {
      const { cluster, fleet: core } = small(app, { gateway: false });
      new Service(cluster, "bare", { on: core, image: "bare:1" });
    }).model;
    expect(services[0]).toMatchObject({
      id: "bare",
      on: ["core"],
      image: "bare:1",
      replicas: 1,
      ports: [],
      cpuMilli: 0,
      memoryMiB: 0,
      cpuLimitMilli: null,
      memoryLimitMiB: null,
      env: {},
      args: null,
      user: null,
      openFiles: null,
      sysctl: {},
      health: null,
      rollout: { parallel: 1, order: "start-first", pauseMs: 0, onFailure: "rollback" },
      readOnly: false,
      capabilities: null,
      labels: {},
      uses: [],
    });
  });

  test("of a fleet", () => {
    expect(modelWith({}).fleets[1]).toMatchObject({
      id: "core",
      role: "worker",
      machine: "t4g.small",
      arch: "arm64",
      size: { min: 2, desired: 2, max: 2 },
      spot: 0,
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      diskGiB: 20,
      survives: "vm",
      os: { release: "5.0", image: null, openFiles: 1_048_576, sysctl: {}, packages: [] },
      tags: {},
    });
  });

  test("of a cluster", () => {
    expect(modelWith({})).toMatchObject({
      version: 2,
      cluster: "shop",
      production: false,
      account: null,
      tags: {},
      platform: { kind: "aws", region: "eu-west-1", cidr: "10.0.0.0/16", nat: "one" },
      control: { runsServices: false },
    });
    expect(modelWith({}).fleets[0]).toMatchObject({
      id: "control",
      role: "control",
      machine: "t4g.small",
      size: { min: 3, desired: 3, max: 3 },
    });
  });
});

describe("a service", () => {
  test("is taken over in the model's units", () => {
    expect(
      service({
        replicas: 4,
        cpu: 0.25,
        cpuLimit: 0.1 + 0.2,
        memory: "128MiB",
        memoryLimit: "1.5GiB",
        env: { B: "2", A: "1" },
        args: ["--x"],
        user: "1000:1000",
        openFiles: 4096,
        sysctl: { "net.core.somaxconn": 4096 },
        readOnly: true,
        capabilities: ["CAP_SYS_TIME", "NET_BIND_SERVICE", "SYS_TIME"],
        labels: { "com.acme.team": "cart" },
        rollout: rolling({ parallel: 2, pause: "10s", onFailure: "pause" }),
      }),
    ).toMatchObject({
      replicas: 4,
      cpuMilli: 250,
      cpuLimitMilli: 300,
      memoryMiB: 128,
      memoryLimitMiB: 1536,
      env: { A: "1", B: "2" },
      args: ["--x"],
      user: "1000:1000",
      openFiles: 4096,
      sysctl: { "net.core.somaxconn": "4096" },
      readOnly: true,
      capabilities: ["NET_BIND_SERVICE", "SYS_TIME"],
      labels: { "com.acme.team": "cart" },
      rollout: { parallel: 2, order: "start-first", pauseMs: 10_000, onFailure: "pause" },
    });
  });

  test("says nothing of what few containers need where its program does not", () => {
    const model = service({
      init: false,
      tty: false,
      discovery: "vip",
      tmpfs: {},
      ulimits: {},
      dns: [],
      extraHosts: {},
    });
    const small = ["entrypoint", "workingDir", "hostname", "init", "tty", "stopSignal", "tmpfs", "ulimits"];
    for (const field of [...small, "extraHosts", "dns", "discovery", "restart"])
      expect(model).not.toHaveProperty(field);
  });

  test("has the container that it asks for", () => {
    const props: Partial<ServiceProps> = {
      ...{ entrypoint: ["/bin/weed"], workingDir: "/", hostname: "weed", init: true, tty: true, stopSignal: "quit" },
      ...{ tmpfs: { "/tmp": "64MiB", "/run": "1MiB" }, ulimits: { memlock: -1, core: { soft: 0, hard: 1 } } },
      ...{ extraHosts: { "ldap.example.com": "10.1.2.3" }, dns: ["10.1.2.4"], discovery: "dns" },
      restart: { condition: "on-failure", maxAttempts: 3 },
    };
    expect(service(props)).toMatchObject({
      ...props,
      stopSignal: "SIGQUIT",
      tmpfs: { "/run": 1, "/tmp": 64 },
      ulimits: { core: { soft: 0, hard: 1 }, memlock: { soft: -1, hard: -1 } },
      restart: { condition: "on-failure", delayMs: 5_000, maxAttempts: 3, windowMs: null },
    });
  });

  test("has more capabilities than Docker gives, or fewer", () => {
    const of = (props: Partial<ServiceProps>): readonly string[] | null => service(props).capabilities;
    expect(of({ addCapabilities: [], dropCapabilities: [] })).toBe(null);
    expect(of({ addCapabilities: ["CAP_IPC_LOCK"] })).toEqual([...DEFAULT_CAPABILITIES, "IPC_LOCK"].sort());
    expect(of({ dropCapabilities: ["NET_RAW"] })).toEqual(DEFAULT_CAPABILITIES.filter((name) => name !== "NET_RAW"));
    expect(of({ addCapabilities: ["KILL"], dropCapabilities: ["ALL"] })).toEqual(["KILL"]);
    expect(of({ addCapabilities: ["ALL"] })).toEqual(["ALL"]);
  });

  test("runs on every VM, or on none", () => {
    expect(service({ everywhere: true }).replicas).toBe("everywhere");
    expect(service({ replicas: 0 }).replicas).toBe(0);
  });

  test("has several ports, in order", () => {
    const { services } = synthesize((app) => {
      const { cluster, fleet: core } = small(app, { gateway: false });
      const ports = { metrics: 9090, http: { port: 80, hostPort: 8080 } };
      const api = new Service(cluster, "api", { on: core, image: "api:1", ports });
      expect(api.ports).toEqual([80, 9090]);
    }).model;
    expect(services[0]?.ports).toEqual([
      { name: "http", port: 80, hostPort: 8080 },
      { name: "metrics", port: 9090, hostPort: null },
    ]);
  });

  test("with a host port stops the old task first", () => {
    expect(service({ hostPort: 8080 }).rollout.order).toBe("stop-first");
  });

  test.each([
    [http("/healthz"), { kind: "http", path: "/healthz", port: 80, intervalMs: 10_000, timeoutMs: 3_000, retries: 3 }],
    [tcp({ port: 81, every: "1m", grace: "0s" }), { kind: "tcp", port: 81, intervalMs: 60_000, graceMs: 0 }],
    [
      command(["pg_isready", "-q"], { timeout: "500ms" }),
      { kind: "command", command: ["pg_isready", "-q"], timeoutMs: 500 },
    ],
  ])("shows that it is well by %o", (health, expected) => {
    expect(service({ health }).health).toMatchObject(expected);
  });

  test("runs on managers where these may run services", () => {
    const { services } = synthesize((app) => {
      const { cluster } = small(app, { gateway: false, cluster: { control: { size: 1, runsServices: true } } });
      new Service(cluster, "agent", { on: cluster.control, image: "agent:1", everywhere: true });
    }).model;
    expect(services[0]?.on).toEqual(["control"]);
  });
});

describe("a fleet", () => {
  test("is taken over in the model's units", () => {
    expect(
      fleet({
        machine: "m7i.large",
        size: { min: 0, max: 9, desired: 4 },
        spot: 0.5,
        zones: ["b", "eu-west-1a", "b"],
        disk: "100GiB",
        survives: "zone",
        os: {
          release: "4.0",
          image: "ami-0123456789abcdef0",
          openFiles: 65_536,
          sysctl: { "vm.swappiness": 1, "fs.inotify.max_user_watches": "524288" },
          packages: ["tcpdump", "htop", "tcpdump"],
        },
        tags: { Team: "shop", Owner: "a@example.com" },
      }),
    ).toMatchObject({
      arch: "x86_64",
      size: { min: 0, desired: 4, max: 9 },
      spot: 0.5,
      zones: ["eu-west-1a", "eu-west-1b"],
      diskGiB: 100,
      survives: "zone",
      os: {
        release: "4.0",
        image: "ami-0123456789abcdef0",
        openFiles: 65_536,
        sysctl: { "fs.inotify.max_user_watches": "524288", "vm.swappiness": "1" },
        packages: ["htop", "tcpdump"],
      },
      tags: { Owner: "a@example.com", Team: "shop" },
    });
  });

  test.each([
    [
      { min: 2, max: 5 },
      { min: 2, desired: 2, max: 5 },
    ],
    [
      { min: 0, max: 5 },
      { min: 0, desired: 1, max: 5 },
    ],
    [
      { min: 0, max: 5, desired: 0 },
      { min: 0, desired: 0, max: 5 },
    ],
    [4, { min: 4, desired: 4, max: 4 }],
  ])("of size %o", (size, expected) => {
    expect(fleet({ size }).size).toEqual(expected);
  });
});

describe("edges", () => {
  test("are told by their variables, in order", () => {
    const { services } = synthesize((app) => {
      const { cluster, fleet: core, service: web } = small(app, { gateway: false });
      const redis = new Service(cluster, "redis", { on: core, image: "redis:7", ports: { a: 6379, b: 6380 } });
      web.uses(redis, { as: "REDIS", port: 6380 }).uses(redis, { as: "CACHE", port: 6379 });
    }).model;
    expect(services.find(({ id }) => id === "web")?.uses).toEqual([
      { as: "CACHE", to: { service: "redis" }, port: 6379 },
      { as: "REDIS", to: { service: "redis" }, port: 6380 },
    ]);
  });
});

describe("a cluster", () => {
  test("is held to its account, and says what it is", () => {
    const { model, document } = synthesize((app) => {
      small(app, { cluster: { account: "123456789012", production: true, tags: { System: "shop" } } });
    });
    expect(model).toMatchObject({ account: "123456789012", production: true, tags: { System: "shop" } });
    expect(document.provider?.["aws"]).toMatchObject([
      {
        region: "eu-west-1",
        allowed_account_ids: ["123456789012"],
        default_tags: [{ tags: { System: "shop", "lightfleet:cluster": "shop" } }],
      },
    ]);
  });
});
