import {
  aws,
  Cluster,
  command,
  external,
  Fleet,
  Gateway,
  http,
  rolling,
  Secret,
  Service,
  ssm,
  tcp,
  Volume,
  type App,
  type ServiceProps,
} from "lightfleet";
import { ENTRYPOINT } from "../../program/entrypoint.js";

/** What the services of the rows share. */
interface Parts {
  readonly core: Fleet;
  readonly spare: Fleet;
  readonly database: Service;
  readonly secrets: readonly [Secret, Secret];
  readonly volumes: readonly [Volume, Volume];
  readonly cluster: Cluster;
}

/** A field that changes, of a service of its own: nothing else of it does. */
interface Row {
  /** What base has beside a service of no interest. */
  readonly base?: (parts: Parts) => Partial<ServiceProps>;
  readonly head?: (parts: Parts) => Partial<ServiceProps>;
  /** What is declared beside the service, in base or head. */
  readonly besides?: (parts: Parts, service: Service, isHead: boolean) => void;
}

export const IMAGES = ["10.211.0.1:5001/demo:1", "10.211.0.1:5001/demo:2"] as const;

const often = { every: "1s", timeout: "1s", retries: 3, grace: "10s" } as const;
const plain = rolling({ order: "start-first" });
const one = <P extends keyof ServiceProps>(prop: P, before: ServiceProps[P], after: ServiceProps[P]): Row => ({
  base: () => (before === undefined ? {} : { [prop]: before }),
  head: () => ({ [prop]: after }),
});
/** A route of a gateway, to the service's port 8080 in base and head, or in one of them. */
const route = (inBase: boolean, inHead: boolean): Row => ({
  base: () => ({ port: 8080 }),
  head: () => ({ port: 8080 }),
  besides: ({ cluster }, service, isHead) => {
    if (isHead ? inHead : inBase) new Gateway(cluster, `to-${service.node.id}`, { routes: { "/": service } });
  },
});
const edge = (
  inBase: (parts: Parts, service: Service) => void,
  inHead: (parts: Parts, service: Service) => void,
): Row => ({
  besides: (parts, service, isHead) => {
    (isHead ? inHead : inBase)(parts, service);
  },
});
const none = (): void => undefined;

/** Each field of a service in the model, and what else of a program reaches a service. A row is named after its field. */
export const ROWS = {
  nothing: {},
  on: { base: ({ core }) => ({ on: core }), head: ({ core, spare }) => ({ on: [core, spare] }) },
  image: one("image", IMAGES[0], IMAGES[1]),
  "replicas (more)": one("replicas", 1, 2),
  "replicas (fewer)": one("replicas", 2, 1),
  "replicas (everywhere)": one("everywhere", undefined, true),
  "ports.name": { base: () => ({ ports: { a: 8080 } }), head: () => ({ ports: { b: 8080 } }) },
  "ports.port": one("port", 8080, 8081),
  "ports.hostPort": { base: () => ({ port: 8080, hostPort: 21_000 }), head: () => ({ port: 8080, hostPort: 21_001 }) },
  "ports.hostPort (first)": {
    base: () => ({ port: 8080, rollout: rolling({ order: "stop-first" }) }),
    head: () => ({ port: 8080, hostPort: 21_002, rollout: rolling({ order: "stop-first" }) }),
  },
  cpuMilli: one("cpu", 0.001, 0.002),
  memoryMiB: one("memory", "8MiB", "9MiB"),
  cpuLimitMilli: one("cpuLimit", 1, 1.5),
  memoryLimitMiB: one("memoryLimit", "64MiB", "65MiB"),
  pids: one("pids", 100, 101),
  shmMiB: one("shm", "65MiB", "66MiB"),
  maxPerVm: one("maxPerVm", 2, 3),
  platforms: one("platforms", undefined, ["linux/amd64", "linux/arm64"]),
  env: one("env", { A: "1" }, { A: "2" }),
  args: one("args", ["a"], ["b"]),
  user: one("user", "0", "1000"),
  openFiles: one("openFiles", 1024, 2048),
  sysctl: one("sysctl", { "net.core.somaxconn": 100 }, { "net.core.somaxconn": 101 }),
  "health.kind": one("health", http("/passwd", { ...often, port: 8080 }), tcp({ ...often, port: 8080 })),
  "health.kind (first)": one("health", undefined, tcp({ ...often, port: 8080 })),
  "health.path": one("health", http("/passwd", { ...often, port: 8080 }), http("/group", { ...often, port: 8080 })),
  "health.port": one("health", command(["/bin/sh", "-c", "exit 0"], often), tcp({ ...often, port: 8080 })),
  "health.command": one("health", command(["/bin/sh", "-c", "exit 0"], often), command(["/bin/sh", "-c", ":"], often)),
  "health.intervalMs": one("health", tcp({ ...often, port: 8080 }), tcp({ ...often, port: 8080, every: "2s" })),
  "health.timeoutMs": one("health", tcp({ ...often, port: 8080 }), tcp({ ...often, port: 8080, timeout: "2s" })),
  "health.retries": one("health", tcp({ ...often, port: 8080 }), tcp({ ...often, port: 8080, retries: 4 })),
  "health.graceMs": one("health", tcp({ ...often, port: 8080 }), tcp({ ...often, port: 8080, grace: "11s" })),
  "rollout.parallel": one("rollout", plain, rolling({ ...plain, parallel: 2 })),
  "rollout.order": one("rollout", plain, rolling({ order: "stop-first" })),
  "rollout.pauseMs": one("rollout", plain, rolling({ ...plain, pause: "1s" })),
  "rollout.onFailure": one("rollout", plain, rolling({ ...plain, onFailure: "pause" })),
  stopGraceMs: one("stopGrace", "30s", "31s"),
  secrets: {
    base: ({ secrets: [first] }) => ({ secrets: { a: first } }),
    head: ({ secrets: [first] }) => ({ secrets: { b: first } }),
  },
  volumes: {
    base: ({ volumes: [first] }) => ({ volumes: { "/data": first } }),
    head: ({ volumes: [, second] }) => ({ volumes: { "/data": second } }),
  },
  files: one("files", { "/etc/a": "1" }, { "/etc/a": "2" }),
  fileOwners: one("files", { "/etc/a": "1" }, { "/etc/a": { content: "1", mode: 0o755 } }),
  binaryFiles: one(
    "files",
    { "/etc/a": { content: Uint8Array.of(0xff, 1) } },
    { "/etc/a": { content: Uint8Array.of(0xff, 2) } },
  ),
  "files (path)": one("files", { "/etc/a": "1" }, { "/etc/b": "1" }),
  readOnly: one("readOnly", false, true),
  capabilities: one("capabilities", ["CHOWN"], ["CHOWN", "KILL"]),
  "capabilities (drop)": one("dropCapabilities", undefined, ["MKNOD"]),
  entrypoint: one("entrypoint", undefined, ENTRYPOINT),
  workingDir: one("workingDir", undefined, "/tmp"),
  hostname: one("hostname", "a", "b"),
  init: one("init", undefined, true),
  tty: one("tty", undefined, true),
  stopSignal: one("stopSignal", undefined, "SIGQUIT"),
  tmpfs: one("tmpfs", { "/tmp": "1MiB" }, { "/tmp": "2MiB" }),
  ulimits: one("ulimits", { core: 0 }, { core: 1_024 }),
  extraHosts: one("extraHosts", { a: "10.1.2.3" }, { a: "10.1.2.4" }),
  dns: one("dns", undefined, ["10.1.2.3"]),
  discovery: one("discovery", "vip", "dns"),
  restart: one("restart", undefined, { condition: "on-failure", maxAttempts: 3, window: "1m" }),
  labels: one("labels", { a: "1" }, { a: "2" }),
  "uses.to": edge(none, ({ database }, service) => service.uses(database, { as: "DB" })),
  "uses.to (outside)": edge(
    (_, service) => service.uses(external("a.example.com", 5432), { as: "DB" }),
    (_, service) => service.uses(external("b.example.com", 5432), { as: "DB" }),
  ),
  "uses.port": edge(
    (_, service) => service.uses(external("a.example.com", 5432), { as: "DB" }),
    (_, service) => service.uses(external("a.example.com", 5433), { as: "DB" }),
  ),
  "uses.as": edge(
    (_, service) => service.uses(external("a.example.com", 5432), { as: "A" }),
    (_, service) => service.uses(external("a.example.com", 5432), { as: "B" }),
  ),
  "a gateway's first route to it": route(false, true),
  "a gateway's last route to it": route(true, false),
  "a secret's source": {
    base: ({ secrets: [, second] }) => ({ secrets: { a: second } }),
    head: ({ secrets: [, second] }) => ({ secrets: { a: second } }),
  },
} satisfies Readonly<Record<string, Row>>;

/** The id of a row's service. */
export const serviceOf = (field: string): string =>
  `f-${field
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "-")
    .replace(/-$/, "")}`;

/** The cluster of all rows, before or after each of their fields has changed. */
export function declareRows(app: App, isHead: boolean): void {
  const cluster = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 2 }) });
  const fleet = (id: string): Fleet => new Fleet(cluster, id, { machine: "m7i.2xlarge", size: 2 });
  const [core, spare] = [fleet("core"), fleet("spare")];
  const small = { image: IMAGES[0], memory: "8MiB", stopGrace: "1s", on: core, rollout: plain } as const;
  const database = new Service(cluster, "database", { ...small, port: 5432 });
  const secrets = [
    new Secret(cluster, "first", { source: ssm("/first") }),
    new Secret(cluster, "second", { source: ssm(isHead ? "/second-other" : "/second") }),
  ] as const;
  const volumes = [new Volume(cluster, "v-first"), new Volume(cluster, "v-second")] as const;
  const parts: Parts = { core, spare, database, secrets, volumes, cluster };
  for (const [field, { base, head, besides }] of Object.entries<Row>(ROWS)) {
    const own = (isHead ? head : base)?.(parts) ?? {};
    // A host port is taken by one task at a time.
    const order = own.hostPort === undefined || own.rollout ? {} : { rollout: rolling({ order: "stop-first" }) };
    const service = new Service(cluster, serviceOf(field), { ...small, ...own, ...order });
    besides?.(parts, service, isHead);
  }
}
