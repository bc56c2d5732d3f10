import type { Limit } from "./limit.js";

const MIB = 1024 * 1024;
/** The largest number of JavaScript's that a signed one of 64 bits holds: the engine counts bytes and nanoseconds in them. */
const INT64 = 2 ** 63 - 1024;
const SWARMKIT = "swarmkit manager/controlapi";

/**
 * What Docker and Swarm put on what Lightfleet makes. Each was tried on the Docker engines 20.10.24 and 28.5.2; the border of the
 * language and the checks read them here, and nowhere else is such a number written.
 */
export const ENGINE_LIMITS = {
  serviceName: {
    max: 63,
    unit: "characters",
    of: "the name of a service and of its network in the swarm, <cluster>_<service>",
    source: `${SWARMKIT}/common.go, validateAnnotations`,
  },
  volumeName: {
    min: 2,
    max: 255,
    unit: "characters",
    of: "the name of a volume, <cluster>_<volume>, which is a directory of the VM",
    source: "moby volume/local, and NAME_MAX of Linux",
  },
  configSize: {
    min: 1,
    max: 1_023_999,
    unit: "bytes",
    of: "the content of a file, which is a config of the swarm",
    source: `${SWARMKIT}/config.go, MaxConfigSize`,
  },
  /** A service is stored together with the specification before it, in one entry of the managers' log of 1.5 MiB. */
  serviceSize: {
    max: 700 * 1024,
    unit: "bytes",
    of: "env, args, labels and health check of a service together",
    source: "swarmkit manager/state/store/memory.go, MaxTransactionBytes: half of it, less what is around",
  },
  cpuReservation: {
    min: 0.001,
    max: Math.floor(INT64 / 1e9),
    unit: "CPUs",
    of: "the CPUs that a task reserves",
    source: `${SWARMKIT}/service.go, validateResources`,
  },
  cpuLimit: {
    min: 0.01,
    max: Math.floor(INT64 / 1e9),
    unit: "CPUs",
    of: "the CPUs that a task may use",
    source: "Linux: a quota of 1 ms in a period of 100 ms; runc fails below it",
  },
  memoryReservation: {
    min: 4,
    max: Math.floor(INT64 / MIB),
    unit: "MiB",
    of: "the memory that a task reserves",
    source: `${SWARMKIT}/service.go, validateResources`,
  },
  memoryLimit: {
    min: 6,
    max: Math.floor(INT64 / MIB),
    unit: "MiB",
    of: "the memory that a task may use",
    source: "moby daemon/daemon_unix.go, linuxMinMemory",
  },
  sharedMemory: {
    min: 1,
    max: Math.floor(INT64 / MIB),
    unit: "MiB",
    of: "the size of /dev/shm",
    source: "moby api/types/mount, TmpfsOptions.SizeBytes",
  },
  /** Intervals and timeouts of health checks; shorter ones are refused. */
  healthDuration: {
    min: 1,
    max: Math.floor(INT64 / 1e6),
    unit: "ms",
    of: "interval and timeout of a health check",
    source: `${SWARMKIT}/service.go, validateHealthCheck; Go's time.Duration`,
  },
  duration: {
    max: Math.floor(INT64 / 1e6),
    unit: "ms",
    of: "a span of time",
    source: "Go's time.Duration: nanoseconds in 64 bits, 292 years",
  },
  healthRetries: {
    min: 1,
    max: 2_147_483_647,
    unit: "failures",
    of: "the retries of a health check",
    source: "swarmkit api/types.proto, HealthConfig.retries: 32 bits",
  },
  parallelism: {
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    unit: "tasks",
    of: "the tasks that a rollout replaces at once",
    source: "swarmkit api/types.proto, UpdateConfig.parallelism: 64 bits",
  },
  tasksPerNode: {
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    unit: "tasks",
    of: "the tasks of a service on one VM",
    source: "swarmkit api/types.proto, Placement.max_replicas: 64 bits",
  },
  dnsServers: {
    min: 1,
    max: 3,
    unit: "servers",
    of: "the DNS servers of a container, of which Docker's resolver asks three",
    source: "moby libnetwork/resolver.go, maxExtDNS",
  },
  restartAttempts: {
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    unit: "attempts",
    of: "the times that an ended task is started again",
    source: "swarmkit api/types.proto, RestartPolicy.max_attempts: 64 bits",
  },
  ulimit: {
    min: -1,
    max: Number.MAX_SAFE_INTEGER,
    unit: "",
    of: "a limit of a process; -1 is none",
    source: "docker/go-units ulimit.go, and swarmkit api/types.proto, Ulimit: 64 bits",
  },
  /** Lightfleet's own: no swarm is known to run more tasks of one service well. */
  replicas: { max: 10_000, unit: "tasks", of: "the tasks of a service", source: "Lightfleet" },
  port: { min: 1, max: 65_535, unit: "", of: "a port", source: "RFC 9293" },
} as const satisfies Record<string, Limit>;
