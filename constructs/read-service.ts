import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { imageProblem } from "../model/limits/image.js";
import { reservedLabel } from "../model/limits/labels.js";
import { within } from "../model/limits/limit.js";
import { LINUX_LIMITS } from "../model/limits/linux.js";
import { byText, sortedRecord } from "../model/order.js";
import { SWARM_PORTS } from "../model/ports.js";
import type { PortModel, RolloutModel, ServiceModel, Value } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import { sameCluster, tryClusterOf } from "./element.js";
import { ENV_NAME, ENV_NAME_TEXT } from "./env-name.js";
import type { SettledProps } from "./late-values.js";
import { readCapabilities } from "./read-capabilities.js";
import { readContainer } from "./read-container.js";
import { readMounts } from "./read-mounts.js";
import { readHealth } from "./read-health.js";
import type { Service, ServiceProps } from "./service.js";
import { checkSizes } from "./service-size.js";
import { showValue } from "./show.js";
import { toValue } from "./value.js";

const LABEL = /^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$/;
const SYSCTL = /^(net|fs\.mqueue|kernel\.(msg|sem|shm))[a-z0-9_.]*(\.[A-Za-z0-9_-]+)*$/;

/** Takes a service's props over the border. */
export function readService(service: Service, props: SettledProps, border: Border): Omit<ServiceModel, "uses"> {
  const env = props.env ?? {};
  border.keys("env", env, ENV_NAME, ENV_NAME_TEXT);
  checkLabels(props.labels ?? {}, border);
  const sysctl = border.sysctl(
    "sysctl",
    props.sysctl ?? {},
    SYSCTL,
    "a kernel parameter with a namespace of its own (net.*, fs.mqueue.*, kernel.msg*, sem, shm*)",
    { shape: /^[A-Za-z0-9 \t_.,:/-]*$/, allowed: "numbers and words, as the kernel takes them" },
  );
  const ports = readPorts(props, border);
  const model: Omit<ServiceModel, "uses"> = {
    id: service.name,
    on: readFleets(service, props, border),
    image: readImage(service, props, border),
    replicas: readReplicas(props, border),
    ports,
    ...readResources(props, border),
    pids: props.pids === undefined ? null : border.count("pids", props.pids, LINUX_LIMITS.processes),
    shmMiB: props.shm === undefined ? null : (border.memoryMiB("shm", props.shm, ENGINE_LIMITS.sharedMemory) ?? null),
    maxPerVm:
      props.maxPerVm === undefined ? null : border.count("maxPerVm", props.maxPerVm, ENGINE_LIMITS.tasksPerNode),
    platforms: readPlatforms(props),
    env: sortedRecord(Object.fromEntries(Object.entries(env).map(([key, text]) => [key, toValue(service, text)]))),
    args: props.args?.map((text) => toValue(service, text)) ?? null,
    user: readUser(props, border),
    openFiles:
      props.openFiles === undefined ? null : border.count("openFiles", props.openFiles, LINUX_LIMITS.openFiles),
    sysctl,
    health: props.health === undefined ? null : readHealth(props.health, ports, border),
    rollout: readRollout(props, ports, border),
    stopGraceMs: border.durationMs("stopGrace", props.stopGrace ?? "30s", ENGINE_LIMITS.healthDuration),
    ...readMounts(service, props, border),
    readOnly: props.readOnly ?? false,
    capabilities: readCapabilities(props, border),
    labels: sortedRecord(props.labels ?? {}),
    ...readContainer(service, props, border),
  };
  checkSizes(model, border);
  return model;
}

function checkLabels(labels: Readonly<Record<string, string>>, border: Border): void {
  border.keys("labels", labels, LABEL, `a label, as in "com.acme.team"`);
  for (const name of Object.keys(labels)) {
    const reserved = reservedLabel(name);
    if (reserved !== undefined)
      border.refuse(
        "LF018",
        `'labels' has the key ${showValue(name)}, which is not free: Docker and Lightfleet set the labels that begin with "${reserved}"`,
        `choose another name, as in "com.acme.team"`,
      );
  }
}

function readImage(service: Service, { image }: Partial<ServiceProps>, border: Border): Value {
  if (image === undefined) return "";
  const read = toValue(service, image);
  const problem = typeof read === "string" ? imageProblem(read) : undefined;
  if (problem !== undefined)
    border.refuse("LF018", `'image' (${showValue(image)}) ${problem}`, `write it as in "ghcr.io/acme/cart:1.8.2"`);
  return read;
}

/** Ids are numbers that Docker takes; names are the image's own. */
function readUser({ user }: Partial<ServiceProps>, border: Border): string | null {
  if (user === undefined) return null;
  border.text("user", user, /^[\w.][\w.-]*(:[\w.][\w.-]*)?$/, `a user or "user:group"`);
  for (const id of user.split(":"))
    if (/^\d+$/.test(id) && !within(LINUX_LIMITS.userId, Number(id)))
      border.refuse("LF004", `'user' (${showValue(user)}) must have ids up to ${LINUX_LIMITS.userId.max}`);
  return user;
}

function readFleets(service: Service, { on }: Partial<ServiceProps>, border: Border): string[] {
  if (on === undefined) return [];
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

function readPlatforms({ platforms }: Partial<ServiceProps>): ServiceModel["platforms"] {
  return platforms === undefined ? null : [...new Set(platforms.map((name) => ARCHITECTURES[name]))].sort(byText);
}

function readReplicas(
  { replicas, everywhere = false }: Partial<ServiceProps>,
  border: Border,
): ServiceModel["replicas"] {
  if (everywhere && replicas !== undefined)
    border.refuse("LF015", `'replicas' (${replicas}) and 'everywhere' exclude each other`, "keep one of the two");
  return everywhere ? "everywhere" : border.count("replicas", replicas ?? 1, ENGINE_LIMITS.replicas);
}

function readPorts({ port, ports = {}, hostPort }: Partial<ServiceProps>, border: Border): PortModel[] {
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
    port: border.count(name === "main" ? "port" : `ports.${name}`, entry.port, ENGINE_LIMITS.port),
    hostPort: entry.hostPort === undefined ? null : border.count("hostPort", entry.hostPort, ENGINE_LIMITS.port),
  }));
  const twice = all.find((entry, index) => all.findIndex((other) => other.port === entry.port) !== index);
  if (twice !== undefined) border.refuse("LF015", `'ports.${twice.name}' (${twice.port}) is declared twice`);
  const bound = all.flatMap(({ hostPort: own }) => (own === null ? [] : [own]));
  const clash = bound.find((own, index) => bound.indexOf(own) !== index);
  if (clash !== undefined) border.refuse("LF015", `'hostPort' (${clash}) is bound twice`);
  for (const own of bound)
    if (own === SWARM_PORTS.management || own === SWARM_PORTS.gossip)
      border.refuse(
        "LF029",
        `'hostPort' (${own}) is a port that the nodes of the swarm talk on among themselves`,
        "bind another host port",
      );
  return all.sort((a, b) => a.port - b.port || byText(a.name, b.name));
}

type Resources = Pick<ServiceModel, "cpuMilli" | "memoryMiB" | "cpuLimitMilli" | "memoryLimitMiB">;

function readResources({ cpu, memory, cpuLimit, memoryLimit }: Partial<ServiceProps>, border: Border): Resources {
  const resources = {
    cpuMilli: border.cpuMilli("cpu", cpu ?? 0, ENGINE_LIMITS.cpuReservation, true) ?? 0,
    memoryMiB: memory === undefined ? 0 : (border.memoryMiB("memory", memory, ENGINE_LIMITS.memoryReservation) ?? 0),
    cpuLimitMilli:
      cpuLimit === undefined ? null : (border.cpuMilli("cpuLimit", cpuLimit, ENGINE_LIMITS.cpuLimit) ?? null),
    memoryLimitMiB:
      memoryLimit === undefined
        ? null
        : (border.memoryMiB("memoryLimit", memoryLimit, ENGINE_LIMITS.memoryLimit) ?? null),
  };
  if (resources.cpuLimitMilli !== null && resources.cpuLimitMilli < resources.cpuMilli)
    border.refuse("LF016", `'cpuLimit' (${cpuLimit}) must be >= 'cpu' (${cpu})`);
  if (resources.memoryLimitMiB !== null && resources.memoryLimitMiB < resources.memoryMiB)
    border.refuse("LF016", `'memoryLimit' (${memoryLimit}) must be >= 'memory' (${memory})`);
  return resources;
}

function readRollout(
  { rollout, volumes = {} }: Partial<ServiceProps>,
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
    parallel: border.count("rollout.parallel", rollout?.parallel ?? 1, ENGINE_LIMITS.parallelism),
    order,
    pauseMs:
      rollout?.pause === undefined ? 0 : border.durationMs("rollout.pause", rollout.pause, ENGINE_LIMITS.duration),
    onFailure: rollout?.onFailure ?? "rollback",
  };
}
