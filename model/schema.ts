import * as z from "zod";
import { containerFields } from "./container.js";
import { MODEL_VERSION } from "./version.js";

/**
 * The model: what a program describes, as plain data. It is the only thing that the parts of Lightfleet share.
 * Units are in the names (`memoryMiB`, `cpuMilli`, `intervalMs`); lists of named things are sorted by `id`, maps by key,
 * so that the same program always gives the same bytes.
 */
const id = z.string().regex(/^[a-z][a-z0-9_-]*$/);
const count = z.number().int().nonnegative();
const positive = z.number().int().positive();
const port = z.number().int().min(1).max(65_535);
const texts = mapOf(z.string());

/** A value that only Terraform knows: a template such as `${aws_db_instance.main.address}`. */
const expression = z.strictObject({ terraform: z.string() });
const value = z.union([z.string(), expression]);

const os = z.strictObject({
  release: z.enum(["4.0", "5.0"]),
  /** AMI id, or null where none is pinned yet. */
  image: z.string().nullable(),
  openFiles: positive,
  /** Processes and threads that each container and each systemd service may have. */
  processes: positive,
  /** Memory maps that a process may have (`vm.max_map_count`). */
  memoryMaps: positive,
  sysctl: texts,
  packages: z.array(z.string()),
  /** Kernel modules loaded at boot, beside those that the swarm needs. */
  modules: z.array(z.string()),
});

const fleet = z.strictObject({
  id,
  role: z.enum(["control", "worker"]),
  machine: z.string(),
  arch: z.enum(["x86_64", "arm64"]),
  size: z.strictObject({ min: count, desired: count, max: positive }),
  /** Whether each deploy sets the number of VMs to `size.desired`; else that is the number to start with. */
  keepDesired: z.boolean(),
  /** Share of VMs bought on the spot market, 0 to 1. */
  spot: z.number().min(0).max(1),
  zones: z.array(z.string()).min(1),
  diskGiB: positive,
  /** A disk of its own for images, containers and volumes, or null where they share the root disk. */
  dataDiskGiB: positive.nullable(),
  survives: z.enum(["vm", "zone"]),
  os,
  tags: texts,
});

const probe = { intervalMs: positive, timeoutMs: positive, retries: positive, graceMs: count };
const health = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("http"), path: z.string(), port, ...probe }),
  z.strictObject({ kind: z.literal("tcp"), port, ...probe }),
  z.strictObject({ kind: z.literal("command"), command: z.array(z.string()).min(1), ...probe }),
]);

const rollout = z.strictObject({
  parallel: positive,
  order: z.enum(["start-first", "stop-first"]),
  pauseMs: count,
  onFailure: z.enum(["rollback", "pause"]),
});

const edge = z.strictObject({
  /** Environment variable that receives `name:port`; left out where none does. */
  as: z.string().optional(),
  to: z.union([z.strictObject({ service: id }), z.strictObject({ host: value })]),
  port,
  /** The mesh that both ends are members of; left out where the edge was declared alone. */
  mesh: z.string().optional(),
});

const service = z.strictObject({
  id,
  /** Fleets that it may run on. */
  on: z.array(id).min(1),
  image: value,
  /** How many tasks, or one on every VM of its fleets. */
  replicas: z.union([count, z.literal("everywhere")]),
  ports: z.array(z.strictObject({ name: z.string(), port, hostPort: port.nullable() })),
  cpuMilli: count,
  memoryMiB: count,
  cpuLimitMilli: positive.nullable(),
  memoryLimitMiB: positive.nullable(),
  /** Processes and threads that a task may have, or null for no limit. */
  pids: positive.nullable(),
  /** Shared memory (`/dev/shm`) of a task, or null for Docker's 64 MiB. */
  shmMiB: positive.nullable(),
  /** Tasks that one VM may have at most, or null for any number. */
  maxPerVm: positive.nullable(),
  /** What the image was built for, or null where that is not known. */
  platforms: z.array(z.enum(["x86_64", "arm64"])).nullable(),
  env: mapOf(value),
  args: z.array(value).nullable(),
  user: z.string().nullable(),
  openFiles: positive.nullable(),
  sysctl: texts,
  health: health.nullable(),
  rollout,
  /** How long a task has from being told to end until it is killed. */
  stopGraceMs: positive,
  /** Secrets by the name of their file below `/run/secrets`. */
  secrets: z.record(z.string(), id),
  /** Volumes by the path where they are mounted. */
  volumes: z.record(z.string(), id),
  /** Contents of files by their path. */
  files: mapOf(value),
  readOnly: z.boolean(),
  /** Linux capabilities in place of Docker's own set, or null for that set. */
  capabilities: z.array(z.string()).nullable(),
  labels: texts,
  uses: z.array(edge),
  ...containerFields,
});

/** A secret that others keep: its value is read on a manager, and stands in no file of ours. */
const secret = z.strictObject({ id, from: z.enum(["ssm", "secretsmanager"]), name: z.string() });

const volume = z.strictObject({
  id,
  /** `node`: a directory of the VM that the task runs on; `shared`: one file system for all VMs. */
  kind: z.enum(["node", "shared"]),
});

const gateway = z.strictObject({
  id,
  internal: z.boolean(),
  /** ARN of the TLS certificate, or null for plain HTTP. */
  certificate: z.union([value, z.null()]),
  hosts: z.array(z.string()),
  routes: z.array(z.strictObject({ path: z.string(), service: id, port })),
});

const platform = z.strictObject({
  kind: z.literal("aws"),
  region: z.string(),
  zones: z.array(z.string()).min(1),
  cidr: z.string(),
  nat: z.enum(["one", "per-zone"]),
  /** Address ranges of networks that are reached by peering or VPN. */
  peers: z.array(z.string()),
  /** ARN of the policy that bounds what the roles of the cluster may ever do, where there is one. */
  permissionsBoundary: z.string().optional(),
});

/** Numbers that were given out to things of the model, each unique in its range; where one is missing, the names decide. */
const numbers = z.strictObject({
  /** Port on the VMs of what a gateway routes to, by service and container port, as in `cart:7070`. */
  ports: z.record(z.string(), port),
  /** Priority of a route, by gateway and path. */
  priorities: z.record(id, z.record(z.string(), positive)),
  /** Address range of a network of the swarm that has one of its own, by its name. */
  networks: z.record(z.string(), z.string()),
});

/** A finding that the program takes as it is, with its reason. */
const acknowledgement = z.strictObject({
  code: z.string(),
  /** Id of the fleet, service or gateway, or null for all that the cluster holds. */
  on: id.nullable(),
  reason: z.string().min(1),
});

export const modelSchema = z.strictObject({
  version: z.literal(MODEL_VERSION),
  cluster: id,
  production: z.boolean(),
  /** Whether networks of the swarm are encrypted between VMs; left out where they are not. */
  encrypt: z.literal(true).optional(),
  account: z.string().nullable(),
  tags: texts,
  platform,
  control: z.strictObject({ runsServices: z.boolean() }),
  fleets: z.array(fleet),
  services: z.array(service),
  gateways: z.array(gateway),
  secrets: z.array(secret),
  volumes: z.array(volume),
  acknowledged: z.array(acknowledgement),
  numbers,
});

/** What a program describes, as plain data: what `model.json` holds. */
export type Model = z.infer<typeof modelSchema>;
export type FleetModel = z.infer<typeof fleet>;
export type OsModel = z.infer<typeof os>;
export type ServiceModel = z.infer<typeof service>;
export type PortModel = ServiceModel["ports"][number];
export type EdgeModel = z.infer<typeof edge>;
export type HealthModel = z.infer<typeof health>;
export type RolloutModel = z.infer<typeof rollout>;
export type SecretModel = z.infer<typeof secret>;
export type VolumeModel = z.infer<typeof volume>;
export type GatewayModel = z.infer<typeof gateway>;
export type RouteModel = GatewayModel["routes"][number];
export type NumbersModel = z.infer<typeof numbers>;
export type PlatformModel = z.infer<typeof platform>;
export type AcknowledgementModel = z.infer<typeof acknowledgement>;
export type Value = z.infer<typeof value>;

/** A map with any keys: zod's own leaves out `__proto__`, which is the name of a variable as any. */
function mapOf<T>(entry: z.ZodType<T>) {
  const isMap = (data: unknown): data is Record<string, T> =>
    typeof data === "object" &&
    data !== null &&
    !Array.isArray(data) &&
    Object.values(data).every((one) => entry.safeParse(one).success);
  return z.custom<Record<string, T>>(isMap, "must be a map");
}
