import type { FleetModel, Model, ServiceModel } from "../../model/schema.js";

const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

/** A model of many fleets, and services on them that use one another: 300 tasks on 20 VMs, where they have room. */
export function largeModel(fleets: number, services: number, vms = 10): Model {
  return {
    version: 2,
    cluster: "large",
    production: false,
    account: null,
    tags: {},
    platform: { kind: "aws", region: "eu-west-1", zones: ZONES, cidr: "10.0.0.0/16", nat: "one", peers: [] },
    control: { runsServices: false },
    fleets: [
      fleet("control", "control", 3),
      ...Array.from({ length: fleets }, (_, index) => fleet(`fleet-${index}`, "worker", vms)),
    ],
    services: Array.from({ length: services }, (_, index) => service(index, `fleet-${index % fleets}`)),
    gateways: [],
    acknowledged: [],
    numbers: { ports: {}, priorities: {}, networks: {} },
    secrets: [],
    volumes: [],
  };
}

function fleet(id: string, role: FleetModel["role"], size: number): FleetModel {
  return {
    id,
    role,
    machine: "m7g.2xlarge",
    arch: "arm64",
    size: { min: size, desired: size, max: 2 * size },
    spot: 0,
    zones: ZONES,
    diskGiB: 20,
    keepDesired: false,
    dataDiskGiB: null,
    survives: "zone",
    os: {
      release: "5.0",
      image: "ami-0123456789abcdef0",
      openFiles: 1_048_576,
      processes: 65_536,
      memoryMaps: 262_144,
      sysctl: {},
      packages: [],
      modules: [],
    },
    tags: {},
  };
}

function service(index: number, on: string): ServiceModel {
  return {
    id: `service-${index}`,
    on: [on],
    image: `ghcr.io/acme/service-${index}:1.0`,
    replicas: 2 + (index % 3),
    ports: [{ name: "main", port: 8080, hostPort: null }],
    cpuMilli: 50 + ((index * 37) % 400),
    memoryMiB: 128 + ((index * 53) % 1_200),
    cpuLimitMilli: null,
    memoryLimitMiB: 2_048,
    pids: null,
    shmMiB: null,
    maxPerVm: null,
    platforms: null,
    env: {},
    args: null,
    user: null,
    openFiles: null,
    sysctl: {},
    health: {
      kind: "http",
      path: "/healthz",
      port: 8080,
      intervalMs: 10_000,
      timeoutMs: 3_000,
      retries: 3,
      graceMs: 10_000,
    },
    rollout: { parallel: 1, order: "start-first", pauseMs: 0, onFailure: "rollback" },
    stopGraceMs: 10_000,
    secrets: {},
    volumes: {},
    files: {},
    readOnly: false,
    capabilities: null,
    labels: {},
    uses: index === 0 ? [] : [{ as: "NEXT", to: { service: `service-${index - 1}` }, port: 8080 }],
  };
}
