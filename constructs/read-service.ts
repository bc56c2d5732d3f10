import { byText, sortedRecord } from "../model/order.js";
import type { PortModel, RolloutModel, ServiceModel } from "../model/schema.js";
import type { Border } from "./border.js";
import { sameCluster, tryClusterOf } from "./element.js";
import { readEdges, type RefuseAt } from "./read-edges.js";
import { readMounts } from "./read-mounts.js";
import { readHealth } from "./read-health.js";
import type { DeclaredEdge, Service, ServiceProps } from "./service.js";
import { toValue } from "./value.js";

const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$/;
const SYSCTL = /^(net|fs\.mqueue|kernel\.(msg|sem|shm))[a-z0-9_.]*(\.[A-Za-z0-9_-]+)*$/;

/** Takes a service's props over the border. */
export function readService(
  service: Service,
  props: ServiceProps,
  edges: readonly DeclaredEdge[],
  border: Border,
  refuseAt: RefuseAt,
): ServiceModel {
  const env = props.env ?? {};
  border.keys("env", env, ENV_NAME, "the name of an environment variable");
  border.keys("labels", props.labels ?? {}, LABEL, `a label, as in "com.acme.team"`);
  const sysctl = border.sysctl(
    "sysctl",
    props.sysctl ?? {},
    SYSCTL,
    "a kernel parameter with a namespace of its own (net.*, fs.mqueue.*, kernel.msg*, sem, shm*)",
  );
  if (props.image.trim() !== props.image || props.image === "")
    border.refuse(
      "LF018",
      `'image' (${JSON.stringify(props.image)}) must be an image reference, as in "ghcr.io/acme/cart:1.8.2"`,
    );
  const ports = readPorts(props, border);
  return {
    id: service.name,
    on: readFleets(service, props, border),
    image: toValue(service, props.image),
    replicas: readReplicas(props, border),
    ports,
    ...readResources(props, border),
    pids: props.pids === undefined ? null : border.integer("pids", props.pids, 1),
    shmMiB: props.shm === undefined ? null : (border.memoryMiB("shm", props.shm) ?? null),
    maxPerVm: props.maxPerVm === undefined ? null : border.integer("maxPerVm", props.maxPerVm, 1),
    platforms: readPlatforms(props),
    env: sortedRecord(Object.fromEntries(Object.entries(env).map(([key, text]) => [key, toValue(service, text)]))),
    args: props.args?.map((text) => toValue(service, text)) ?? null,
    user:
      props.user === undefined
        ? null
        : border.text("user", props.user, /^[\w.-]+(:[\w.-]+)?$/, `a user or "user:group"`),
    openFiles:
      props.openFiles === undefined ? null : border.integer("openFiles", props.openFiles, 1_024, 1_073_741_816),
    sysctl,
    health: props.health === undefined ? null : readHealth(props.health, ports, border),
    rollout: readRollout(props, ports, border),
    stopGraceMs: border.durationMs("stopGrace", props.stopGrace ?? "30s", 1),
    ...readMounts(service, props, border),
    readOnly: props.readOnly ?? false,
    capabilities: readCapabilities(props.capabilities, border),
    labels: sortedRecord(props.labels ?? {}),
    uses: readEdges(service, edges, env, refuseAt),
  };
}

function readFleets(service: Service, { on }: ServiceProps, border: Border): string[] {
  const fleets = [on].flat();
  if (fleets.length === 0)
    border.refuse("LF007", "'on' ([]) must name one fleet or more", "declare a Fleet in this cluster and pass it");
  for (const fleet of fleets)
    if (!sameCluster(fleet, service))
      border.refuse("LF017", `'on' holds '${fleet.node.path}', a fleet of another cluster`);
    else if (fleet.role === "control" && !tryClusterOf(service)?.runsServices)
      border.refuse(
        "LF007",
        "'on' holds the control fleet, which runs no services",
        "set 'control.runsServices', or give it another fleet",
      );
  return [...new Set(fleets.map(({ name }) => name))].sort(byText);
}

const ARCHITECTURES = { "linux/amd64": "x86_64", "linux/arm64": "arm64" } as const;

function readPlatforms({ platforms }: ServiceProps): ServiceModel["platforms"] {
  return platforms === undefined ? null : [...new Set(platforms.map((name) => ARCHITECTURES[name]))].sort(byText);
}

function readReplicas({ replicas, everywhere = false }: ServiceProps, border: Border): ServiceModel["replicas"] {
  if (everywhere && replicas !== undefined)
    border.refuse("LF015", `'replicas' (${replicas}) and 'everywhere' exclude each other`, "keep one of the two");
  return everywhere ? "everywhere" : border.integer("replicas", replicas ?? 1, 0, 10_000);
}

function readPorts({ port, ports = {}, hostPort }: ServiceProps, border: Border): PortModel[] {
  if (port !== undefined && Object.keys(ports).length > 0)
    border.refuse("LF015", "'port' and 'ports' exclude each other", "keep one of the two");
  if (hostPort !== undefined && port === undefined)
    border.refuse(
      "LF015",
      `'hostPort' (${hostPort}) stands without 'port'`,
      "give 'port', or 'hostPort' within 'ports'",
    );
  const single = port === undefined ? [] : [{ name: "main", port, hostPort }];
  const several = Object.entries(ports).map(([name, entry]) =>
    typeof entry === "number"
      ? { name, port: entry, hostPort: undefined }
      : { name, port: entry.port, hostPort: entry.hostPort },
  );
  const all = [...single, ...several].map(({ name, ...entry }) => ({
    name,
    port: border.integer(name === "main" ? "port" : `ports.${name}`, entry.port, 1, 65_535),
    hostPort: entry.hostPort === undefined ? null : border.integer("hostPort", entry.hostPort, 1, 65_535),
  }));
  const twice = all.find((entry, index) => all.findIndex((other) => other.port === entry.port) !== index);
  if (twice !== undefined) border.refuse("LF015", `'ports.${twice.name}' (${twice.port}) is declared twice`);
  const bound = all.flatMap(({ hostPort: own }) => (own === null ? [] : [own]));
  const clash = bound.find((own, index) => bound.indexOf(own) !== index);
  if (clash !== undefined) border.refuse("LF015", `'hostPort' (${clash}) is bound twice`);
  return all.sort((a, b) => a.port - b.port || byText(a.name, b.name));
}

type Resources = Pick<ServiceModel, "cpuMilli" | "memoryMiB" | "cpuLimitMilli" | "memoryLimitMiB">;

function readResources({ cpu, memory, cpuLimit, memoryLimit }: ServiceProps, border: Border): Resources {
  const resources = {
    cpuMilli: border.cpuMilli("cpu", cpu ?? 0) ?? 0,
    memoryMiB: memory === undefined ? 0 : (border.memoryMiB("memory", memory) ?? 0),
    cpuLimitMilli: cpuLimit === undefined ? null : (border.cpuMilli("cpuLimit", cpuLimit, 1) ?? null),
    memoryLimitMiB: memoryLimit === undefined ? null : (border.memoryMiB("memoryLimit", memoryLimit) ?? null),
  };
  if (resources.cpuLimitMilli !== null && resources.cpuLimitMilli < resources.cpuMilli)
    border.refuse("LF016", `'cpuLimit' (${cpuLimit}) must be >= 'cpu' (${cpu})`);
  if (resources.memoryLimitMiB !== null && resources.memoryLimitMiB < resources.memoryMiB)
    border.refuse("LF016", `'memoryLimit' (${memoryLimit}) must be >= 'memory' (${memory})`);
  return resources;
}

function readRollout(
  { rollout, volumes = {} }: ServiceProps,
  ports: readonly PortModel[],
  border: Border,
): RolloutModel {
  const bindsHost = ports.some(({ hostPort }) => hostPort !== null);
  const sharesDirectory = Object.values(volumes).some(({ shared }) => !shared);
  const order = rollout?.order ?? (bindsHost || sharesDirectory ? "stop-first" : "start-first");
  if (order === "start-first" && bindsHost)
    border.refuse(
      "LF015",
      "'rollout.order' (start-first) cannot be where a host port is bound: the old task still holds it",
      `use "stop-first"`,
    );
  return {
    parallel: border.integer("rollout.parallel", rollout?.parallel ?? 1, 1),
    order,
    pauseMs: rollout?.pause === undefined ? 0 : border.durationMs("rollout.pause", rollout.pause),
    onFailure: rollout?.onFailure ?? "rollback",
  };
}

function readCapabilities(capabilities: readonly string[] | undefined, border: Border): ServiceModel["capabilities"] {
  if (capabilities === undefined) return null;
  const names = capabilities.map((name) => name.replace(/^CAP_/, ""));
  for (const name of names)
    border.text("capabilities", name, /^[A-Z][A-Z_]*$/, `a Linux capability, as in "NET_BIND_SERVICE"`);
  return [...new Set(names)].sort(byText);
}
