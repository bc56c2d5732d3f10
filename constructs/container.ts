import type { Duration, Memory } from "../model/units.js";

/** A limit of a process: the one that holds, and up to which the process may raise it itself. */
export interface UlimitRange {
  /** The limit that holds, -1 for none. */
  readonly soft: number;
  /** The limit up to which the process may raise it, -1 for none; not below `soft`. */
  readonly hard: number;
}

/** When Swarm starts another task in place of one that ended. */
export interface RestartOptions {
  /**
   * `"any"`: whatever it ended with; `"on-failure"`: not where it ended with 0. A task whose VM is lost is replaced either way.
   * @default "any"
   */
  readonly condition?: "any" | "on-failure";
  /** Time from its end to the next start. @default "5s" */
  readonly delay?: Duration;
  /** How often a task is started again within `window`, 1 or more; then it stays down until the service changes. @default without end */
  readonly maxAttempts?: number;
  /** Time in which attempts count. @default all of the time */
  readonly window?: Duration;
}

/** What few containers need, and Docker's own defaults serve otherwise. */
export interface ContainerProps {
  /**
   * Program and first arguments in place of the image's own entrypoint; the image's own arguments go with it, so that `args` has those
   * that are needed. Values may hold cdktf tokens. @default the image's
   */
  readonly entrypoint?: readonly string[];
  /** Directory that the program starts in, an absolute path; it is made where the image has none. @default the image's */
  readonly workingDir?: string;
  /**
   * What the container calls itself, the same in each task, up to 64 characters. Others reach the service by its id, not by this.
   * @default the container's id
   */
  readonly hostname?: string;
  /**
   * Whether a small init process (tini) runs before the program, hands signals on, and reaps processes that it leaves behind: for programs that start
   * others. Not for images with an init of their own (s6, systemd), which must be the first process. @default false
   */
  readonly init?: boolean;
  /** Whether the program gets a terminal, which some print their logs to line by line. @default false */
  readonly tty?: boolean;
  /** Signal that tells a task to end, as in `"SIGQUIT"`. @default the image's, which is SIGTERM for most */
  readonly stopSignal?: string;
  /**
   * Directories in memory by their path, with their sizes, 1 MiB or more, as in `{ "/tmp": "64MiB" }`: writable under `readOnly`, empty in each
   * task; what lies there counts towards `memoryLimit`. For `/dev/shm` there is `shm`. @default none
   */
  readonly tmpfs?: Readonly<Record<string, Memory>>;
  /**
   * Limits of each process by their name in Docker: `memlock`, `core`, `nproc`, `stack`, … in the units of setrlimit(2), bytes for sizes; -1 is
   * no limit, one number is both soft and hard. `nproc` counts all processes of a user on the VM: `pids` is the limit of a task. Open files have
   * `openFiles`. @default Docker's
   */
  readonly ulimits?: Readonly<Record<string, number | UlimitRange>>;
  /** Linux capabilities beside Docker's own set, as in `["IPC_LOCK"]`. @default none */
  readonly addCapabilities?: readonly string[];
  /** Linux capabilities of Docker's own set that the container does not get, as in `["NET_RAW"]`; `["ALL"]` is all of them. @default none */
  readonly dropCapabilities?: readonly string[];
  /** IPv4 addresses by host name, in the `/etc/hosts` of each task, as in `{ "ldap.example.com": "10.1.2.3" }`. @default none */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /**
   * IPv4 addresses of DNS servers, up to 3, that are asked for what the swarm has no name for, in place of the VM's. Port 53 is opened to
   * the outside on its fleets. @default the VPC's
   */
  readonly dns?: readonly string[];
  /**
   * What the service's name leads to: `"vip"`, one address that stands for all tasks and spreads connections over them; `"dns"`, the addresses of the tasks, for
   * programs that know their peers (gRPC with its own balancing, databases). Gateways reach services by the first, or by `hostPort`. @default "vip"
   */
  readonly discovery?: "vip" | "dns";
  /** When Swarm starts another task in place of one that ended. @default always, after 5 seconds */
  readonly restart?: RestartOptions;
}
