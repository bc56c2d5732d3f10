import type { AnyProgram, AnyService } from "../../program/any-program.js";
import type { FileOptions } from "lightfleet";
import type { Prop } from "../../program/any-service.js";

/** What the engine says of a service and of the container of its task. */
export interface Observed {
  /** `Spec` of `GET /services/ID`. */
  readonly spec: ServiceSpec;
  /** `GET /containers/ID/json`, where its task runs. */
  readonly container: Container | undefined;
  /** Texts of the files that were looked for in the container, by path. */
  readonly files: ReadonlyMap<string, string>;
}

export interface ServiceSpec {
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Mode: { readonly Replicated?: { readonly Replicas?: number }; readonly Global?: object };
  readonly EndpointSpec?: {
    readonly Mode?: string;
    readonly Ports?: readonly {
      readonly TargetPort: number;
      readonly PublishedPort: number;
      readonly PublishMode: string;
    }[];
  };
  readonly UpdateConfig?: {
    readonly Parallelism?: number;
    readonly Delay?: number;
    readonly Order?: string;
    readonly FailureAction?: string;
  };
  readonly TaskTemplate: {
    readonly ContainerSpec: {
      readonly Image: string;
      readonly Args?: readonly string[];
      readonly Env?: readonly string[];
      readonly User?: string;
      readonly Command?: readonly string[];
      readonly Dir?: string;
      readonly Hostname?: string;
      readonly Init?: boolean;
      readonly TTY?: boolean;
      readonly StopSignal?: string;
      readonly Hosts?: readonly string[];
      readonly DNSConfig?: { readonly Nameservers?: readonly string[] };
      readonly ReadOnly?: boolean;
      readonly StopGracePeriod?: number;
      readonly Sysctls?: Readonly<Record<string, string>>;
      readonly CapabilityAdd?: readonly string[] | null;
      readonly CapabilityDrop?: readonly string[] | null;
      readonly Ulimits?: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
      readonly Healthcheck?: {
        readonly Test: readonly string[];
        readonly Interval?: number;
        readonly Timeout?: number;
        readonly Retries?: number;
        readonly StartPeriod?: number;
      };
      readonly Mounts?: readonly {
        readonly Type: string;
        readonly Source?: string;
        readonly Target: string;
        readonly TmpfsOptions?: { readonly SizeBytes?: number };
      }[];
      readonly Secrets?: readonly { readonly File: { readonly Name: string } }[];
      readonly Configs?: readonly {
        readonly File?: { readonly Name: string; readonly UID: string; readonly GID: string; readonly Mode: number };
      }[];
    };
    readonly Resources?: {
      readonly Limits?: { readonly NanoCPUs?: number; readonly MemoryBytes?: number; readonly Pids?: number };
      readonly Reservations?: { readonly NanoCPUs?: number; readonly MemoryBytes?: number };
    };
    readonly RestartPolicy?: {
      readonly Condition?: string;
      readonly Delay?: number;
      readonly MaxAttempts?: number;
      readonly Window?: number;
    };
    readonly Placement?: { readonly Constraints?: readonly string[]; readonly MaxReplicas?: number };
  };
}

export interface Container {
  readonly Config: {
    readonly Env: readonly string[];
    readonly Cmd: readonly string[] | null;
    readonly Entrypoint: readonly string[] | null;
    readonly WorkingDir: string;
    readonly Hostname: string;
    readonly Tty: boolean;
    readonly StopSignal?: string;
    readonly User: string;
    readonly Healthcheck?: { readonly Test: readonly string[] };
  };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly Init?: boolean | null;
    readonly ExtraHosts: readonly string[] | null;
    readonly Dns: readonly string[] | null;
    readonly Memory: number;
    readonly PidsLimit: number | null;
    readonly Sysctls?: Readonly<Record<string, string>> | null;
    readonly CapAdd: readonly string[] | null;
    readonly CapDrop: readonly string[] | null;
    readonly Ulimits: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[] | null;
  };
  readonly Mounts: readonly { readonly Destination: string; readonly Type: string }[];
}

/** What was written and what arrived, as values that are equal where all is well; more than one where two places say it. */
type Pairs = readonly (readonly [written: unknown, arrived: unknown])[];

const MIB = 1024 * 1024;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, MiB: 1, GiB: 1024 };

/** An amount in the smallest unit of its kind: milliseconds, MiB. */
function amount(text: string): number {
  const [, number, unit = ""] = /^([\d.]+)(\w+)$/.exec(text) ?? [];
  return Math.round(Number(number) * UNITS[unit]!);
}
const nanoseconds = (text: string): number => amount(text) * 1e6;
const caps = (names: readonly string[] | null | undefined): string[] =>
  [...new Set((names ?? []).map((name) => name.replace(/^CAP_/, "")))].sort();
const places = (key: string, record: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(record)
    .map((name) => `${key}${name}`)
    .sort();

/** An image as Docker spells it out: its digest, which the registry adds, left out where the program gave none. */
function spelledOut(image: string): string {
  const [name = "", digest] = image.split("@");
  const [first = ""] = name.split("/");
  const isHost = name.includes("/") && (/[.:]/.test(first) || first === "localhost");
  const whole = isHost ? name : `docker.io/${name.includes("/") ? name : `library/${name}`}`;
  return digest === undefined && !/:[^/]*$/.test(whole) ? `${whole}:latest` : whole;
}

/**
 * Where each prop arrives: in the container where there is one, and else in the service. A prop that has no line here does not
 * compile: what the language has, an engine must have shown.
 */
export const ARRIVALS: {
  readonly [P in Prop]-?: (service: AnyService, observed: Observed, program: AnyProgram) => Pairs;
} = {
  image: ({ props }, { spec }) => [[spelledOut(props.image!), spelledOut(spec.TaskTemplate.ContainerSpec.Image)]],
  replicas: ({ props }, { spec }) => [[props.replicas, spec.Mode.Replicated?.Replicas ?? 0]],
  everywhere: ({ props }, { spec }) => [[props.everywhere, spec.Mode.Global !== undefined]],
  // A port is an address of the container; what a gateway or the VM publishes of it stands with `hostPort` and the gateway.
  port: ({ props }, { spec }) => [
    [true, (spec.EndpointSpec?.Ports ?? []).every(({ TargetPort }) => TargetPort === props.port)],
  ],
  ports: ({ props }, { spec }) => {
    const bound = Object.values(props.ports!).flatMap((entry) =>
      typeof entry === "number" || entry.hostPort === undefined ? [] : [[entry.port, entry.hostPort]],
    );
    return [[bound.sort(), hostPorts(spec)]];
  },
  hostPort: ({ props }, { spec }) => [[[[props.port, props.hostPort]], hostPorts(spec)]],
  cpu: ({ props }, { spec }) => [
    [Math.round(props.cpu! * 1e9), spec.TaskTemplate.Resources?.Reservations?.NanoCPUs ?? 0],
  ],
  memory: ({ props }, { spec }) => [
    [amount(props.memory!) * MIB, spec.TaskTemplate.Resources?.Reservations?.MemoryBytes],
  ],
  cpuLimit: ({ props }, { spec }) => [
    [Math.round(props.cpuLimit! * 1e9), spec.TaskTemplate.Resources?.Limits?.NanoCPUs],
  ],
  memoryLimit: ({ props }, { spec, container }) => [
    [
      amount(props.memoryLimit!) * MIB,
      container?.HostConfig.Memory ?? spec.TaskTemplate.Resources?.Limits?.MemoryBytes,
    ],
  ],
  pids: ({ props }, { spec, container }) => [
    [props.pids, container?.HostConfig.PidsLimit ?? spec.TaskTemplate.Resources?.Limits?.Pids],
  ],
  shm: ({ props }, { spec }) => {
    const mount = spec.TaskTemplate.ContainerSpec.Mounts?.find(({ Target }) => Target === "/dev/shm");
    return [[amount(props.shm!) * MIB, mount?.TmpfsOptions?.SizeBytes]];
  },
  maxPerVm: ({ props }, { spec }) => [[props.maxPerVm, spec.TaskTemplate.Placement?.MaxReplicas]],
  // What the checks compare with the fleets' machines; the engine is told nothing of it.
  platforms: () => [],
  env: ({ props }, { spec, container }) => {
    const arrived = entries(container?.Config.Env ?? spec.TaskTemplate.ContainerSpec.Env ?? []);
    // Swarm expands templates in variables as a task starts: before, they stand in the service in a form that comes to the text.
    const shown = Object.entries(props.env!).filter(
      ([, text]) => container !== undefined || !String(text).includes("{{"),
    );
    return shown.map(([name, text]) => [text, arrived.get(name)]);
  },
  args: ({ props }, { spec, container }) => {
    if (props.args!.length === 0) return [];
    return [[props.args, container?.Config.Cmd ?? spec.TaskTemplate.ContainerSpec.Args]];
  },
  user: ({ props }, { spec, container }) => [
    [props.user, container?.Config.User ?? spec.TaskTemplate.ContainerSpec.User],
  ],
  openFiles: ({ props }, { spec, container }) => {
    const limits = container?.HostConfig.Ulimits ?? spec.TaskTemplate.ContainerSpec.Ulimits;
    const found = limits?.find(({ Name }) => Name === "nofile");
    return [
      [
        [props.openFiles, props.openFiles],
        [found?.Soft, found?.Hard],
      ],
    ];
  },
  sysctl: ({ props }, { spec, container }) => {
    const arrived = container?.HostConfig.Sysctls ?? spec.TaskTemplate.ContainerSpec.Sysctls;
    return Object.entries(props.sysctl!).map(([name, text]) => [String(text), arrived?.[name]]);
  },
  health: ({ props: { health } }, { spec, container }) => {
    const found = spec.TaskTemplate.ContainerSpec.Healthcheck;
    const { every, timeout, retries, grace, ...check } = health!;
    return [
      ...(check.kind === "command"
        ? [[["CMD", ...check.command], (container?.Config.Healthcheck ?? found)?.Test] as const]
        : []),
      ...(check.kind === "http" ? [[check.path, found?.Test.at(-1)] as const] : []),
      ...(check.kind === "tcp" ? [[["tcp", String(check.port)], found?.Test.slice(-2)] as const] : []),
      ...(every === undefined ? [] : [[nanoseconds(every), found?.Interval] as const]),
      ...(timeout === undefined ? [] : [[nanoseconds(timeout), found?.Timeout] as const]),
      ...(retries === undefined ? [] : [[retries, found?.Retries] as const]),
      ...(grace === undefined ? [] : [[nanoseconds(grace), found?.StartPeriod ?? 0] as const]),
    ];
  },
  rollout: ({ props: { rollout } }, { spec: { UpdateConfig: found } }) => [
    ...(rollout!.parallel === undefined ? [] : [[rollout!.parallel, found?.Parallelism] as const]),
    ...(rollout!.order === undefined ? [] : [[rollout!.order, found?.Order] as const]),
    ...(rollout!.pause === undefined ? [] : [[nanoseconds(rollout!.pause), found?.Delay ?? 0] as const]),
    ...(rollout!.onFailure === undefined ? [] : [[rollout!.onFailure, found?.FailureAction] as const]),
  ],
  stopGrace: ({ props }, { spec }) => [
    [nanoseconds(props.stopGrace!), spec.TaskTemplate.ContainerSpec.StopGracePeriod],
  ],
  secrets: ({ props }, { spec, container, files }, program) => {
    const names = (spec.TaskTemplate.ContainerSpec.Secrets ?? []).map(({ File }) => File.Name).sort();
    const read = Object.entries(props.secrets!).map(
      ([name, place]) => [program.secrets[place]!.value, files.get(`/run/secrets/${name}`)] as const,
    );
    return [[places("", props.secrets!), names], ...(container === undefined ? [] : read)];
  },
  volumes: ({ props }, { spec, container }) => {
    const found =
      container?.Mounts.map(({ Destination }) => Destination) ??
      spec.TaskTemplate.ContainerSpec.Mounts?.map(({ Target }) => Target);
    return Object.keys(props.volumes!).map((path) => [true, found?.includes(path)]);
  },
  files: ({ props }, { spec, files }) => {
    const names = (spec.TaskTemplate.ContainerSpec.Configs ?? []).map(({ File }) => File?.Name ?? "").sort();
    return [
      [places("", props.files!), names],
      ...Object.entries(props.files!).flatMap(([path, given]): Pairs => {
        const file: FileOptions = typeof given === "object" ? given : { content: given };
        const { mode = 0o444, uid = 0, gid = 0 } = file;
        const content = typeof file.content === "function" ? file.content() : file.content;
        const found = spec.TaskTemplate.ContainerSpec.Configs?.find(({ File }) => File?.Name === path)?.File;
        return [
          [typeof content === "string" ? content : Buffer.from(content).toString("utf8"), files.get(path)],
          [
            [mode, String(uid), String(gid)],
            [found?.Mode, found?.UID, found?.GID],
          ],
        ];
      }),
    ];
  },
  readOnly: ({ props }, { spec, container }) => [
    [props.readOnly, container?.HostConfig.ReadonlyRootfs ?? spec.TaskTemplate.ContainerSpec.ReadOnly ?? false],
  ],
  capabilities: ({ props }, { spec, container }) => {
    const { CapabilityAdd: added, CapabilityDrop: dropped } = spec.TaskTemplate.ContainerSpec;
    // ALL is all of them, whatever stands beside it, and nothing is dropped then.
    const all = caps(props.capabilities).includes("ALL");
    return [
      [all ? ["ALL"] : caps(props.capabilities), caps(container === undefined ? added : container.HostConfig.CapAdd)],
      [all ? [] : ["ALL"], caps(container === undefined ? dropped : container.HostConfig.CapDrop)],
    ];
  },
  labels: ({ props }, { spec }) => Object.entries(props.labels!).map(([name, text]) => [text, spec.Labels?.[name]]),
  entrypoint: ({ props }, { spec, container }) => [
    [props.entrypoint, container?.Config.Entrypoint ?? spec.TaskTemplate.ContainerSpec.Command],
  ],
  workingDir: ({ props }, { spec, container }) => [
    [props.workingDir, container?.Config.WorkingDir ?? spec.TaskTemplate.ContainerSpec.Dir],
  ],
  hostname: ({ props }, { spec, container }) => [
    [props.hostname, container?.Config.Hostname ?? spec.TaskTemplate.ContainerSpec.Hostname],
  ],
  init: ({ props }, { spec, container }) => [
    [props.init, (container?.HostConfig.Init ?? spec.TaskTemplate.ContainerSpec.Init) === true],
  ],
  tty: ({ props }, { spec, container }) => [
    [props.tty, container?.Config.Tty ?? spec.TaskTemplate.ContainerSpec.TTY ?? false],
  ],
  stopSignal: ({ props }, { spec, container }) => [
    [
      `SIG${props.stopSignal!.toUpperCase().replace(/^SIG/, "")}`,
      container?.Config.StopSignal ?? spec.TaskTemplate.ContainerSpec.StopSignal,
    ],
  ],
  tmpfs: ({ props }, { spec, container }) =>
    Object.entries(props.tmpfs!).flatMap(([path, size]): Pairs => {
      const found = spec.TaskTemplate.ContainerSpec.Mounts?.find(({ Target }) => Target === path);
      const inContainer = container?.Mounts.find(({ Destination }) => Destination === path);
      return [
        [
          ["tmpfs", amount(size) * MIB],
          [found?.Type, found?.TmpfsOptions?.SizeBytes],
        ],
        ...(container === undefined ? [] : [["tmpfs", inContainer?.Type] as const]),
      ];
    }),
  ulimits: ({ props }, { spec, container }) =>
    Object.entries(props.ulimits!).map(([name, range]) => {
      const limits = container?.HostConfig.Ulimits ?? spec.TaskTemplate.ContainerSpec.Ulimits;
      const found = limits?.find(({ Name }) => Name === name);
      const { soft, hard } = typeof range === "number" ? { soft: range, hard: range } : range;
      return [
        [soft, hard],
        // The engine leaves out what is 0.
        [found && (found.Soft ?? 0), found && (found.Hard ?? 0)],
      ];
    }),
  // Of Docker's own set, as capabilities(7) has its names: what is added to it, and what is not dropped.
  addCapabilities: ({ props }, seen) => {
    const has = capabilitiesOf(seen);
    return caps(props.addCapabilities).map((name) => [true, has === undefined || has.includes(name)]);
  },
  dropCapabilities: ({ props }, seen) => {
    const has = capabilitiesOf(seen);
    const dropped = caps(props.dropCapabilities).filter((name) => name !== "ALL");
    return dropped.map((name) => [false, has === undefined || has.includes(name)]);
  },
  extraHosts: ({ props }, { spec, container }) => {
    const hosts = Object.entries(props.extraHosts!).sort(([a], [b]) => (a < b ? -1 : 1));
    const [inService, inContainer] = [
      hosts.map(([name, address]) => `${address} ${name}`),
      hosts.map(([name, address]) => `${name}:${address}`),
    ];
    return [
      [inService, spec.TaskTemplate.ContainerSpec.Hosts],
      ...(container === undefined ? [] : [[inContainer, container.HostConfig.ExtraHosts] as const]),
    ];
  },
  dns: ({ props }, { spec, container }) => {
    if (props.dns!.length === 0) return [];
    return [[props.dns, container?.HostConfig.Dns ?? spec.TaskTemplate.ContainerSpec.DNSConfig?.Nameservers]];
  },
  discovery: ({ props }, { spec }) => [[props.discovery === "dns" ? "dnsrr" : "vip", spec.EndpointSpec?.Mode]],
  restart: ({ props: { restart } }, { spec }) => {
    const found = spec.TaskTemplate.RestartPolicy;
    return [
      [restart!.condition ?? "any", found?.Condition],
      [nanoseconds(restart!.delay ?? "5s"), found?.Delay],
      [restart!.maxAttempts ?? 0, found?.MaxAttempts ?? 0],
      [restart!.window === undefined ? 0 : nanoseconds(restart!.window), found?.Window ?? 0],
    ];
  },
};

const hostPorts = ({ EndpointSpec }: ServiceSpec): number[][] =>
  (EndpointSpec?.Ports ?? [])
    .filter(({ PublishMode }) => PublishMode === "host")
    .map(({ TargetPort, PublishedPort }) => [TargetPort, PublishedPort])
    .sort();

/** The capabilities that are named one by one; undefined where Docker's own set was left as it is. */
function capabilitiesOf({ spec, container }: Observed): string[] | undefined {
  const added = container === undefined ? spec.TaskTemplate.ContainerSpec.CapabilityAdd : container.HostConfig.CapAdd;
  const dropped =
    container === undefined ? spec.TaskTemplate.ContainerSpec.CapabilityDrop : container.HostConfig.CapDrop;
  return caps(dropped).includes("ALL") ? caps(added) : undefined;
}

const entries = (env: readonly string[]): Map<string, string> =>
  new Map(env.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]));
