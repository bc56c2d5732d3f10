import type { FleetModel, HealthModel, RolloutModel, ServiceModel } from "../model/schema.js";
import { literal } from "./escapes.js";
import type { Json } from "./json.js";

/** Labels of nodes that placement asks for; the leading manager gives them, by what each node's engine says. */
export const FLEET_LABEL = "lightfleet.fleet";
export const ZONE_LABEL = "lightfleet.zone";

/** A copy with all texts changed. */
export const mapValues = (
  record: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Record<string, string> => Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));

/**
 * How a service is placed, limited and rolled out. Nothing here changes with a release as such: what does (its digest, its
 * time) stands beside the stack, so that no task is restarted for it.
 */
export function composeDeploy(service: ServiceModel, fleets: ReadonlyMap<string, FleetModel>): Json {
  const { rollout, replicas } = service;
  const update = updateConfig(rollout, service.health);
  return {
    ...(replicas === "everywhere" ? { mode: "global" } : { mode: "replicated", replicas }),
    ...(Object.keys(service.labels).length > 0 && { labels: mapValues(service.labels, literal) }),
    placement: {
      constraints: constraints(service, fleets),
      ...(replicas !== "everywhere" && { preferences: [{ spread: `node.labels.${ZONE_LABEL}` }] }),
      ...(service.maxPerVm !== null && { max_replicas_per_node: service.maxPerVm }),
    },
    resources: composeResources(service, fleets),
    update_config: { ...update, failure_action: rollout.onFailure },
    rollback_config: { ...update, failure_action: "pause" },
    ...(service.discovery === "dns" && { endpoint_mode: "dnsrr" }),
    restart_policy: restartPolicy(service.restart),
  };
}

function restartPolicy(restart: ServiceModel["restart"]): Json {
  if (restart === undefined) return { condition: "any", delay: "5s" };
  const { condition, delayMs, maxAttempts, windowMs } = restart;
  return {
    condition,
    delay: `${delayMs}ms`,
    ...(maxAttempts !== null && { max_attempts: maxAttempts }),
    ...(windowMs !== null && { window: `${windowMs}ms` }),
  };
}

/**
 * Swarm takes a task for failed that ends within `monitor` of having come up: as long as a health check needs to find
 * out, and Swarm's own 5 seconds where there is none.
 */
function updateConfig(rollout: RolloutModel, health: HealthModel | null): Record<string, Json> {
  const found = health === null ? 0 : (health.intervalMs + health.timeoutMs) * health.retries;
  return {
    parallelism: rollout.parallel,
    delay: `${rollout.pauseMs}ms`,
    order: rollout.order,
    monitor: `${Math.min(Math.max(found, 5_000), 60_000)}ms`,
    max_failure_ratio: 0,
  };
}

/** Constraints are all to hold at once, so that several fleets are named by those that are excluded. */
function constraints({ on }: ServiceModel, fleets: ReadonlyMap<string, FleetModel>): string[] {
  const [only] = on;
  if (on.length === 1 && only !== undefined) return [`node.labels.${FLEET_LABEL} == ${only}`];
  return [...fleets.keys()].filter((id) => !on.includes(id)).map((id) => `node.labels.${FLEET_LABEL} != ${id}`);
}

function composeResources(service: ServiceModel, fleets: ReadonlyMap<string, FleetModel>): Json {
  const { cpuMilli, memoryMiB, cpuLimitMilli, memoryLimitMiB } = service;
  const pids = service.pids ?? Math.min(...service.on.map((id) => fleets.get(id)?.os.processes ?? Infinity));
  return {
    reservations: {
      ...(cpuMilli > 0 && { cpus: String(cpuMilli / 1000) }),
      ...(memoryMiB > 0 && { memory: `${memoryMiB}M` }),
    },
    limits: {
      ...(cpuLimitMilli !== null && { cpus: String(cpuLimitMilli / 1000) }),
      ...(memoryLimitMiB !== null && { memory: `${memoryLimitMiB}M` }),
      ...(Number.isFinite(pids) && { pids }),
    },
  };
}
