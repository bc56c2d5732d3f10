import { publishedKey, publishedPorts } from "../model/published-ports.js";
import type { EdgeModel, HealthModel, Model, ServiceModel, Value } from "../model/schema.js";
import { Hole, type Json } from "./json.js";

/** Engine labels that placement asks for; each node's daemon has them from its boot configuration. */
export const FLEET_LABEL = "lightfleet.fleet";
export const ZONE_LABEL = "lightfleet.zone";

type Fields = Record<string, Json>;

/**
 * The services as a stack that `docker stack deploy` accepts (Compose file format 3.13, Docker documentation). Each service
 * that is used has a network of its own, which only it and its users join: who has no edge to it has no way to it.
 */
export function composeStack(model: Model): Json {
  const used = new Set(
    model.services.flatMap(({ uses }) => uses.flatMap(({ to }) => ("service" in to ? [to.service] : []))),
  );
  const published = publishedPorts(model);
  const services = model.services.map(
    (service) => [service.id, composeService(model, service, used, published)] as const,
  );
  const networks = [...used].sort().map((id) => [id, { driver: "overlay", attachable: false }] as const);
  return {
    version: "3.13",
    services: Object.fromEntries(services),
    ...(networks.length > 0 && { networks: Object.fromEntries(networks) }),
  };
}

function composeService(
  model: Model,
  service: ServiceModel,
  used: ReadonlySet<string>,
  published: ReadonlyMap<string, number>,
): Json {
  const networks = new Set([...(used.has(service.id) ? [service.id] : []), ...callees(service)]);
  const ports = composePorts(service, published);
  return {
    image: toJson(service.image),
    init: true,
    ...(service.args && { command: service.args.map(toJson) }),
    ...(service.user !== null && { user: service.user }),
    ...environment(service),
    ...(networks.size > 0 && { networks: [...networks].sort() }),
    ...(ports.length > 0 && { ports }),
    ...(service.readOnly && { read_only: true }),
    ...(service.shmMiB !== null && { volumes: [sharedMemory(service.shmMiB)] }),
    ...(service.capabilities && { cap_drop: ["ALL"], cap_add: service.capabilities }),
    ...(Object.keys(service.sysctl).length > 0 && { sysctls: service.sysctl }),
    ...(service.openFiles !== null && { ulimits: { nofile: { soft: service.openFiles, hard: service.openFiles } } }),
    ...(service.health && { healthcheck: composeHealth(service.health) }),
    deploy: composeDeploy(model, service),
  };
}

/** `docker stack deploy` ignores `shm_size`: a file system in memory takes its place. */
const sharedMemory = (mib: number): Json => ({ type: "tmpfs", target: "/dev/shm", tmpfs: { size: mib * 1024 * 1024 } });

const callees = ({ uses }: ServiceModel): string[] => uses.flatMap(({ to }) => ("service" in to ? [to.service] : []));

/** The user's variables, and the address of each service that is used. */
function environment(service: ServiceModel): Fields {
  const own = Object.entries(service.env).map(([name, value]) => [name, toJson(value)] as const);
  const edges = service.uses.map((edge) => [edge.as, address(edge)] as const);
  const all = [...own, ...edges].sort(([a], [b]) => (a < b ? -1 : 1));
  return all.length > 0 ? { environment: Object.fromEntries(all) } : {};
}

function address({ to, port }: EdgeModel): Json {
  if ("service" in to) return `${to.service}:${port}`;
  return typeof to.host === "string" ? toJson(`${to.host}:${port}`) : new Hole(`${to.host.terraform}:${port}`);
}

function toJson(value: Value): Json {
  return typeof value === "string" ? literal(value) : new Hole(value.terraform);
}

const mapValues = (record: Readonly<Record<string, string>>, change: (text: string) => string): Fields =>
  Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));

/** Compose reads `$name` as a variable; doubled, it is the sign itself. */
const literal = (text: string): string => text.replaceAll("$", "$$$$");

function composePorts(service: ServiceModel, published: ReadonlyMap<string, number>): Json[] {
  return service.ports.flatMap(({ port, hostPort }): Json[] => {
    if (hostPort !== null) return [{ target: port, published: hostPort, protocol: "tcp", mode: "host" }];
    const ingress = published.get(publishedKey({ service: service.id, port }));
    return ingress === undefined ? [] : [{ target: port, published: ingress, protocol: "tcp", mode: "ingress" }];
  });
}

function composeHealth(health: HealthModel): Json {
  const { intervalMs, timeoutMs, retries, graceMs } = health;
  const times = { interval: `${intervalMs}ms`, timeout: `${timeoutMs}ms`, retries, start_period: `${graceMs}ms` };
  return { test: probe(health), ...times };
}

function probe(health: HealthModel): string[] {
  if (health.kind === "command") return ["CMD", ...health.command.map(literal)];
  if (health.kind === "tcp") return ["CMD-SHELL", `nc -z 127.0.0.1 ${health.port}`];
  const url = `http://127.0.0.1:${health.port}${health.path}`;
  return ["CMD-SHELL", `wget -q -O /dev/null '${url}' || curl -fsS -o /dev/null '${url}'`];
}

function composeDeploy(model: Model, service: ServiceModel): Json {
  const { rollout, replicas } = service;
  const update = {
    parallelism: rollout.parallel,
    delay: `${rollout.pauseMs}ms`,
    order: rollout.order,
    failure_action: rollout.onFailure,
  };
  return {
    ...(replicas === "everywhere" ? { mode: "global" } : { mode: "replicated", replicas }),
    ...(Object.keys(service.labels).length > 0 && { labels: mapValues(service.labels, literal) }),
    placement: {
      constraints: constraints(model, service),
      ...(service.maxPerVm !== null && replicas !== "everywhere" && { max_replicas_per_node: service.maxPerVm }),
      ...(replicas !== "everywhere" && { preferences: [{ spread: `node.labels.${ZONE_LABEL}` }] }),
    },
    resources: composeResources(service),
    update_config: update,
    rollback_config: { ...update, failure_action: "pause" },
    restart_policy: { condition: "any", delay: "5s" },
  };
}

/** Constraints are all to hold at once, so that several fleets are named by those that are excluded. */
function constraints({ fleets }: Model, { on }: ServiceModel): string[] {
  const [only] = on;
  if (on.length === 1 && only !== undefined) return [`node.labels.${FLEET_LABEL} == ${only}`];
  return fleets.filter(({ id }) => !on.includes(id)).map(({ id }) => `node.labels.${FLEET_LABEL} != ${id}`);
}

function composeResources({ cpuMilli, memoryMiB, cpuLimitMilli, memoryLimitMiB, pids }: ServiceModel): Json {
  return {
    reservations: {
      ...(cpuMilli > 0 && { cpus: String(cpuMilli / 1000) }),
      ...(memoryMiB > 0 && { memory: `${memoryMiB}M` }),
    },
    limits: {
      ...(cpuLimitMilli !== null && { cpus: String(cpuLimitMilli / 1000) }),
      ...(memoryLimitMiB !== null && { memory: `${memoryLimitMiB}M` }),
      ...(pids !== null && { pids }),
    },
  };
}
