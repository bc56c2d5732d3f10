import fc from "fast-check";
import type { Model } from "lightfleet";

type Fleet = Model["fleets"][number];
type Service = Model["services"][number];
type Gateway = Model["gateways"][number];

const id = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9]$/)
  .filter((name) => !["swarm", "cluster", "control"].includes(name));
const port = fc.integer({ min: 1, max: 65_535 });

/** A fleet of no interest but its id. */
export const fleetModel = (name: string, role: Fleet["role"] = "worker"): Fleet => ({
  id: name,
  role,
  machine: "t4g.small",
  arch: "arm64",
  size: { min: 1, desired: 1, max: 1 },
  keepDesired: false,
  spot: 0,
  zones: ["eu-west-1a"],
  diskGiB: 20,
  dataDiskGiB: null,
  survives: "vm",
  os: {
    release: "5.0",
    image: null,
    openFiles: 1_048_576,
    processes: 32_768,
    memoryMaps: 262_144,
    sysctl: {},
    packages: [],
    modules: [],
  },
  tags: {},
});

/** A service of no interest but its id, its fleets and its ports. */
export const serviceModel = (name: string, on: readonly string[], ports: Service["ports"] = []): Service => ({
  id: name,
  on: [...on],
  image: "image:1",
  replicas: 1,
  ports,
  cpuMilli: 0,
  memoryMiB: 0,
  cpuLimitMilli: null,
  memoryLimitMiB: null,
  pids: null,
  shmMiB: null,
  maxPerVm: null,
  platforms: null,
  env: {},
  args: null,
  user: null,
  openFiles: null,
  sysctl: {},
  health: null,
  rollout: { parallel: 1, order: "start-first", pauseMs: 0, onFailure: "rollback" },
  stopGraceMs: 30_000,
  secrets: {},
  volumes: {},
  files: {},
  readOnly: false,
  capabilities: null,
  labels: {},
  uses: [],
});

/** A model with these parts, and a control fleet. */
export const modelOf = (
  fleets: readonly Fleet[],
  services: readonly Service[],
  gateways: readonly Gateway[],
): Model => ({
  version: 2,
  cluster: "shop",
  production: false,
  account: null,
  tags: {},
  platform: { kind: "aws", region: "eu-west-1", zones: ["eu-west-1a"], cidr: "10.0.0.0/16", nat: "one", peers: [] },
  control: { runsServices: false },
  fleets: [fleetModel("control", "control"), ...fleets],
  services: [...services],
  gateways: [...gateways],
  secrets: [],
  volumes: [],
  acknowledged: [],
  numbers: { ports: {}, priorities: {}, networks: {} },
});

/** Container ports, each bound on the VM or not; two services do not bind the same one. */
const ports = (service: number): fc.Arbitrary<Service["ports"]> =>
  fc
    .uniqueArray(port, { minLength: 1, maxLength: 3 })
    .chain((some) =>
      fc.tuple(
        ...some.map((one, index) =>
          fc
            .boolean()
            .map((bound) => ({ name: `p${one}`, port: one, hostPort: bound ? 30_000 + service * 3 + index : null })),
        ),
      ),
    );

/** Models with up to four fleets, eight services with edges between them and to hosts outside, and three gateways. */
export const anyModel: fc.Arbitrary<Model> = fc.uniqueArray(id, { minLength: 3, maxLength: 15 }).chain((names) => {
  const fleetIds = names.slice(0, Math.min(4, names.length - 2));
  const gatewayIds = names.slice(fleetIds.length, fleetIds.length + Math.floor((names.length - fleetIds.length) / 3));
  const serviceIds = names.slice(fleetIds.length + gatewayIds.length);
  const service = (name: string, index: number): fc.Arbitrary<Service> =>
    fc
      .record({ on: fc.uniqueArray(fc.constantFrom(...fleetIds), { minLength: 1 }), ports: ports(index) })
      .map((drawn) => serviceModel(name, drawn.on, drawn.ports));
  return fc.tuple(...serviceIds.map(service)).chain((services) => {
    const target = fc.constantFrom(
      ...services.flatMap((one) => one.ports.map((entry) => ({ service: one.id, port: entry.port }))),
    );
    const peer = fc.oneof(
      target.map((to) => ({ to: { service: to.service }, port: to.port })),
      port.map((outside) => ({ to: { host: "db.example.com" }, port: outside })),
    );
    const uses = fc
      .array(peer, { maxLength: 4 })
      .map((some) => some.map((edge, index) => ({ as: `E${index}`, ...edge })));
    const gateway = (name: string): fc.Arbitrary<Gateway> =>
      fc
        .record({ internal: fc.boolean(), tls: fc.boolean(), routes: fc.array(target, { minLength: 1, maxLength: 4 }) })
        .map(({ internal, tls, routes }) => ({
          id: name,
          internal,
          certificate: tls ? "arn:aws:acm:eu-west-1:123456789012:certificate/x" : null,
          hosts: [],
          routes: routes.map((route, index) => ({ path: `/${index}`, ...route })),
        }));
    return fc
      .tuple(fc.tuple(...services.map(() => uses)), fc.tuple(...gatewayIds.map(gateway)))
      .map(([edges, gateways]) =>
        modelOf(
          fleetIds.map((name) => fleetModel(name)),
          services.map((one, index) => ({
            ...one,
            uses: (edges[index] ?? []).filter((edge) => !("service" in edge.to) || edge.to.service !== one.id),
          })),
          gateways,
        ),
      );
  });
});
