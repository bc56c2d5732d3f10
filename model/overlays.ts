import type { FleetModel, Model, ServiceModel } from "./schema.js";

/** A network of the swarm, and the services that are on it. */
export interface Overlay {
  /** The service that the network is named after. */
  readonly name: string;
  /** In order. */
  readonly members: readonly string[];
}

/** Addresses that a network of the swarm has for tasks, virtual addresses and nodes: a /24 without its ends and gateway. */
export const OVERLAY_ADDRESSES = 253;

/**
 * The networks of a model: each service has one, which it and those that use it are on, so that who has no edge to it
 * has no way to it. Where two services' networks would have the same members, one does for both.
 */
export function overlays({ services }: Pick<Model, "services">): Overlay[] {
  const users = new Map(services.map(({ id }) => [id, new Set([id])]));
  for (const { id, uses } of services) for (const { to } of uses) if ("service" in to) users.get(to.service)?.add(id);
  const seen = new Map<string, Overlay>();
  for (const [name, set] of users) {
    const members = [...set].sort();
    const key = members.join(" ");
    if (!seen.has(key)) seen.set(key, { name, members });
  }
  return [...seen.values()];
}

/**
 * The most addresses that a network can come to need: one for each task, with those of a rolling update beside the old
 * ones, a virtual one for each service, and one for each VM that tasks may be on (libnetwork's load balancer endpoint).
 */
export function overlayDemand({ services, fleets }: Pick<Model, "services" | "fleets">, { members }: Overlay): number {
  const on = services.filter(({ id }) => members.includes(id));
  const vms = fleets.filter(({ id }) => on.some((service) => service.on.includes(id)));
  const tasks = on.map((service) => mostTasks(service, fleets));
  return sum(tasks) + on.length + sum(vms.map(({ size }) => size.max));
}

function mostTasks({ replicas, rollout, on }: ServiceModel, fleets: readonly FleetModel[]): number {
  const beside = rollout.order === "start-first" ? rollout.parallel : 0;
  if (replicas !== "everywhere") return replicas + Math.min(beside, replicas);
  return sum(fleets.filter(({ id }) => on.includes(id)).map(({ size }) => size.max)) + beside;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
