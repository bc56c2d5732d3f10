import type { Construct } from "constructs";
import { edgeName } from "../model/edges.js";
import type { ServiceModel } from "../model/schema.js";
import type { Duration, Memory } from "../model/units.js";
import { standIn } from "./address.js";
import type { ContainerProps } from "./container.js";
import { Element } from "./element.js";
import type { External } from "./external.js";
import type { FileOptions } from "./file.js";
import type { Fleet } from "./fleet.js";
import type { Health } from "./health.js";
import { settle } from "./late-values.js";
import type { Mesh } from "./mesh.js";
import { nearest } from "./nearest.js";
import type { Border } from "./props-validator.js";
import type { Rollout } from "./rollout.js";
import { readEdges, readPeerKind, type RefuseAt } from "./read-edges.js";
import { readService } from "./read-service.js";
import type { Secret } from "./secret.js";
import { SERVICE, USE } from "./service-shape.js";
import { showValue } from "./show.js";
import { capture, type Capture } from "./source.js";
import type { Volume } from "./volume.js";

/** A port that a container listens on. */
export interface PortOptions {
  /** Port inside the container, 1 to 65535. */
  readonly port: number;
  /** Port of the VM that the task binds directly, 1 to 65535. @default none */
  readonly hostPort?: number;
}

/** A text, or a function that gives it when all is declared, for the address of what is declared later. */
export type LateText = string | (() => string);

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
  /** Environment variables; values may hold addresses (`db.address`) and cdktf tokens. @default none */
  readonly env?: Readonly<Record<string, LateText>>;
  /** Arguments in place of the image's own; they may hold addresses and cdktf tokens. @default the image's */
  readonly args?: readonly LateText[];
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
   * Files by path: a text, in which addresses and cdktf tokens are fine, or with a mode and an owner; {@link dir} gives those of a whole
   * directory. They are read-only mounts, and a change of one replaces the tasks. @default none
   */
  readonly files?: Readonly<Record<string, LateText | FileOptions>>;
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
  /** Environment variable that gets `name:port`. @default none: the edge alone */
  readonly as?: string;
  /** Port of the other service. @default its only port; of an edge alone, those that the service's values name, or else all */
  readonly port?: number;
}

/** The address of one port of a service. Each is a stand-in within the program, and the text itself in the container. */
export interface PortAddress {
  /** Name and port, as in `"db:5432"`. */
  readonly address: string;
  /** The service's name in DNS. */
  readonly host: string;
  /** The port, as a text. */
  readonly port: string;
}

/** @internal An edge as it was declared. */
export interface DeclaredEdge {
  readonly to: Service | External;
  readonly options: UseOptions;
  readonly at: Capture;
  /** The mesh that it is of. */
  readonly mesh?: string;
}

/** A component released on its own: a container with replicas, ports, resources, health and limits. */
export class Service extends Element {
  private readonly props: Partial<ServiceProps>;
  private readonly edges: DeclaredEdge[] = [];
  /** Where each edge of the model was declared, by its name. */
  private readonly places = new Map<string, Capture>();

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
   * Name and port for another service's values, as in `` env: { DB: `postgres://app@${db.address}/shop` } ``: the service whose
   * value it stands in uses this one. It is a text that comes to `"db:5432"` in the container; what takes it apart is refused (LF078).
   * Of a service with several ports, `at` says which.
   */
  get address(): string {
    return standIn({ of: this, part: "address" }, `${this.name}:${this.ports.join()}`);
  }

  /** The name in DNS for another service's values, which then uses this one, as with `address`. */
  get host(): string {
    return standIn({ of: this, part: "host" }, this.name);
  }

  /** The only port, as a text, for another service's values, which then uses this one, as with `address`. */
  get port(): string {
    return standIn({ of: this, part: "port" }, this.ports.join());
  }

  /** One of several ports, by its name or number, as in `db.at("metrics").address`. */
  at(port: string | number): PortAddress {
    const [of, name] = [this as Service, this.name];
    const shown = String(typeof port === "string" ? (this.portNamed(port) ?? port) : port);
    return {
      get address() {
        return standIn({ of, part: "address", port }, `${name}:${shown}`);
      },
      get host() {
        return standIn({ of, part: "host", port }, name);
      },
      get port() {
        return standIn({ of, part: "port", port }, shown);
      },
    };
  }

  /** @internal The port of a name. */
  portNamed(name: string, refuse?: Border["refuse"]): number | undefined {
    const { ports = {} } = this.props;
    const found = Object.hasOwn(ports, name) ? ports[name] : undefined;
    if (found !== undefined) return typeof found === "number" ? found : found.port;
    const names = Object.keys(ports);
    refuse?.(
      "LF010",
      `the service '${this.node.path}' has no port named ${showValue(name)}`,
      names.length === 0 ? "name its ports in 'ports'" : nearest(name, names),
    );
    return undefined;
  }

  /**
   * Lets this service talk to another, or to a host outside: the only way that two services may, beside an address in a value.
   * The environment variable `as` gets the address.
   */
  uses(other: Service | External, options: UseOptions = {}): this {
    const at = capture(Service.prototype.uses as (...args: never[]) => unknown);
    this.refuseLate(at);
    const border = this.border.of(at);
    const to = readPeerKind(other, border);
    const { as, port } = border.read(USE, options);
    const isTaken = as !== undefined || !Object.hasOwn(Object(options) as object, "as");
    if (to !== undefined && isTaken)
      this.edges.push({ to, options: { ...(as !== undefined && { as }), ...(port !== undefined && { port }) }, at });
    return this;
  }

  /** @internal Takes it into a mesh. */
  join(mesh: Mesh, members: readonly Service[]): void {
    for (const to of members)
      if (to !== this) this.edges.push({ to, options: {}, at: mesh.declaredAt(), mesh: mesh.name });
  }

  /** @internal Where the service, or an edge of it, was declared. */
  override declaredAt(edge?: string): Capture {
    return (edge === undefined ? undefined : this.places.get(edge)) ?? this.declared;
  }

  /** @internal The service's part of the model. */
  toModel(): ServiceModel {
    const refuseAt: RefuseAt = (at, ...problem) => {
      this.refuseAt(at, ...problem);
    };
    const { props, edges } = settle(this, this.props, this.border, refuseAt);
    const read = readEdges(this, [...this.edges, ...edges], props.env ?? {}, refuseAt);
    for (const { edge, at } of read) this.places.set(edgeName(edge), at);
    return { ...readService(this, props, this.border), uses: read.map(({ edge }) => edge) };
  }
}
