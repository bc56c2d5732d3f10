import type { Construct } from "constructs";
import type { ServiceModel } from "../model/schema.js";
import type { Duration, Memory } from "../model/units.js";
import type { ContainerProps } from "./container.js";
import { Element } from "./element.js";
import type { External } from "./external.js";
import type { FileOptions } from "./file.js";
import type { Fleet } from "./fleet.js";
import type { Health } from "./health.js";
import type { Rollout } from "./rollout.js";
import { readPeerKind } from "./read-edges.js";
import { readService } from "./read-service.js";
import type { Secret } from "./secret.js";
import { SERVICE, USE } from "./service-shape.js";
import { capture, type Capture } from "./source.js";
import type { Volume } from "./volume.js";

/** A port that a container listens on. */
export interface PortOptions {
  /** Port inside the container, 1 to 65535. */
  readonly port: number;
  /** Port of the VM that the task binds directly, 1 to 65535. @default none */
  readonly hostPort?: number;
}

/** Options of a {@link Service}. */
export interface ServiceProps extends ContainerProps {
  /** The fleet, or the fleets, whose VMs may run it. */
  readonly on: Fleet | readonly Fleet[];
  /** Container image, as in `"ghcr.io/acme/cart:1.8.2"`; a cdktf token is fine. */
  readonly image: string;
  /** Number of tasks, 0 or more. @default 1 */
  readonly replicas?: number;
  /** One task on every VM of its fleets, in place of `replicas`. @default false */
  readonly everywhere?: boolean;
  /** The one port that the container listens on, 1 to 65535. @default none */
  readonly port?: number;
  /** Several ports, by name, in place of `port`. @default none */
  readonly ports?: Readonly<Record<string, number | PortOptions>>;
  /** Port of the VM that the task binds directly, for `port`, 1 to 65535. @default none */
  readonly hostPort?: number;
  /** CPUs reserved for each task, in thousandths, as in 0.25. @default 0 */
  readonly cpu?: number;
  /** Memory reserved for each task. @default none */
  readonly memory?: Memory;
  /** CPUs that each task may use at most. @default no limit */
  readonly cpuLimit?: number;
  /** Memory that each task may use at most; above it the kernel ends it. @default no limit */
  readonly memoryLimit?: Memory;
  /** Processes and threads that each task may have at most, 1 or more. @default no limit */
  readonly pids?: number;
  /** Shared memory (`/dev/shm`) of each task; it counts towards `memoryLimit`. @default Docker's "64MiB" */
  readonly shm?: Memory;
  /** Tasks that one VM may have at most, 1 or more. @default any number */
  readonly maxPerVm?: number;
  /** What the image was built for, as in `["linux/amd64", "linux/arm64"]`. @default not known */
  readonly platforms?: readonly ("linux/amd64" | "linux/arm64")[];
  /** Environment variables; values may hold cdktf tokens. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments in place of the image's own. @default the image's */
  readonly args?: readonly string[];
  /** User, or user and group, inside the container, as in `"1000:1000"`. @default the image's */
  readonly user?: string;
  /** Limit of open files of each task, 1,024 or more. @default the fleet's */
  readonly openFiles?: number;
  /** Namespaced kernel parameters of each task, as in `{ "net.core.somaxconn": 4096 }`. @default none */
  readonly sysctl?: Readonly<Record<string, string | number>>;
  /** How a task shows that it is well. @default no check */
  readonly health?: Health;
  /** How a new version takes the old one's place. @default rolling() */
  readonly rollout?: Rollout;
  /** How long a task has from being told to end until it is killed. @default "30s" */
  readonly stopGrace?: Duration;
  /** Secrets, by the name of their file below `/run/secrets`, as in `{ "db-password": password }`. @default none */
  readonly secrets?: Readonly<Record<string, Secret>>;
  /** Volumes, by the path where they are mounted, as in `{ "/data": data }`. @default none */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /**
   * Files by path: a text, in which cdktf tokens are fine, or with a mode and an owner; {@link dir} gives those of a whole directory. They are
   * read-only mounts, and a change of one replaces the tasks. @default none
   */
  readonly files?: Readonly<Record<string, string | FileOptions>>;
  /** Whether the container's root file system is read-only. @default false */
  readonly readOnly?: boolean;
  /**
   * All Linux capabilities that the container has, as in `["NET_BIND_SERVICE"]`; the others are dropped. To change Docker's own set, there are
   * `addCapabilities` and `dropCapabilities`. @default Docker's own set
   */
  readonly capabilities?: readonly string[];
  /**
   * Labels of the service in the swarm. Those that begin with `com.docker.stack.`, `com.docker.swarm.`, `com.docker.service.` or
   * `lightfleet.` are set by Docker and Lightfleet, and refused. @default none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** How a service uses another. */
export interface UseOptions {
  /** Environment variable that gets `name:port`. */
  readonly as: string;
  /** Port of the other service. @default its only port */
  readonly port?: number;
}

/** @internal An edge as it was declared. */
export interface DeclaredEdge {
  readonly to: Service | External;
  readonly options: UseOptions;
  readonly at: Capture;
}

/** A component released on its own: a container with replicas, ports, resources, health and limits. */
export class Service extends Element {
  private readonly props: Partial<ServiceProps>;
  private readonly edges: DeclaredEdge[] = [];

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id, Service, "service");
    this.props = this.border.read(SERVICE, props);
  }

  /** The container ports, in ascending order. */
  get ports(): number[] {
    const { port, ports = {} } = this.props;
    const several = Object.values(ports).map((entry) => (typeof entry === "number" ? entry : entry.port));
    return [...(port === undefined ? [] : [port]), ...several].sort((a, b) => a - b);
  }

  /** @internal Whether a gateway can reach a port: by Swarm's routing mesh, which asks a service's own address, or by a port of the VM. */
  isRoutable(port: number): boolean {
    const { port: single, hostPort, ports = {}, discovery } = this.props;
    const several = Object.values(ports).some(
      (entry) => typeof entry === "object" && entry.port === port && entry.hostPort !== undefined,
    );
    return discovery !== "dns" || several || (single === port && hostPort !== undefined);
  }

  /**
   * Lets this service talk to another, or to a host outside: the only way that two services may.
   * The environment variable `as` gets the address.
   */
  uses(other: Service | External, options: UseOptions): this {
    const at = capture(Service.prototype.uses as (...args: never[]) => unknown);
    this.refuseLate(at);
    const border = this.border.of(at);
    const to = readPeerKind(other, border);
    const { as, port } = border.read(USE, options);
    if (to !== undefined && as !== undefined)
      this.edges.push({ to, options: { as, ...(port !== undefined && { port }) }, at });
    return this;
  }

  /** @internal Where the service, or an edge of it, was declared. */
  override declaredAt(edge?: string): Capture {
    return this.edges.find(({ options }) => options.as === edge)?.at ?? this.declared;
  }

  /** @internal The service's part of the model. */
  toModel(): ServiceModel {
    return readService(this, this.props, this.edges, this.border, (at, ...problem) => {
      this.refuseAt(at, ...problem);
    });
  }
}
