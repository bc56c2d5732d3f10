import { acknowledgementOf } from "./suppression.js";
import { LARGE_OVERLAY, OVERLAY } from "./overlay-sizes.js";
import type { FleetModel, Model, ServiceModel } from "./schema.js";

/** A network of the swarm, and the services that are on it. */
export interface Overlay {
  /**
   * That of the service, with the size behind it where the network is larger than others (`web_20`; `web.20` where a service has
   * that name), and `.esp` where it is encrypted: neither a range nor that changes in place, so that such a network is another.
   * No id has a `.`.
   */
  readonly name: string;
  /** The service that the network is for. */
  readonly service: string;
  /** In order. */
  readonly members: readonly string[];
  /** How many addresses it has for tasks, virtual addresses and nodes. */
  readonly addresses: number;
}

/** What the networks of a model depend on. */
type Connected = Pick<Model, "services" | "fleets" | "acknowledged" | "encrypt">;

/** The rule about addresses; where its finding is taken as it is, a network stays as small as it was. */
export const ADDRESS_RULE = "LF408";

/** What the name of an encrypted network ends with. */
const ENCRYPTED = ".esp";

/**
 * The name of a service's large network. It has been `web_20` from the first on, which can be the name of a service, too: that
 * service's own network is called so then.
 */
function largeName(service: string, services: ReadonlyMap<string, unknown>): string {
  const name = `${service}_${LARGE_OVERLAY.prefix}`;
  return services.has(name) ? `${service}.${LARGE_OVERLAY.prefix}` : name;
}

/** The name that a network has where the cluster does not encrypt. */
export const plainName = (name: string): string => (name.endsWith(ENCRYPTED) ? name.slice(0, -ENCRYPTED.length) : name);

/**
 * The networks of a model: each service has one, which it and those that use it are on, so that who has no edge to it
 * has no way to it. Where two services' networks would have the same members, one does for both. A network is larger than
 * the others where it can come to need more addresses.
 */
export function overlays(model: Connected): Overlay[] {
  const users = new Map(model.services.map(({ id }) => [id, new Set([id])]));
  for (const { id, uses } of model.services)
    for (const { to } of uses) if ("service" in to) users.get(to.service)?.add(id);
  const isCrowded = crowdedIn(model);
  const seen = new Map<string, Overlay>();
  for (const [service, set] of users) {
    const members = [...set].sort();
    const key = members.join(" ");
    if (seen.has(key)) continue;
    const large = isCrowded(service, members) && !acknowledgementOf(model.acknowledged, ADDRESS_RULE, service);
    const name = large ? largeName(service, users) : service;
    seen.set(key, {
      name: model.encrypt ? name + ENCRYPTED : name,
      ...{ service, members, addresses: large ? LARGE_OVERLAY.addresses : OVERLAY.addresses },
    });
  }
  return [...seen.values()];
}

/** Whether a network can come to need more addresses than most have. */
function crowdedIn(model: Connected): (service: string, members: readonly string[]) => boolean {
  const bound = upperBounds(model);
  const services = new Map(model.services.map((service) => [service.id, service]));
  return (id, members) => {
    // What follows is worked out exactly, and takes long for thousands of services: mostly nothing is near the limit.
    if ((bound.get(id) ?? 0) <= OVERLAY.addresses) return false;
    const on = members.flatMap((member) => services.get(member) ?? []);
    return addressDemand(on, model.fleets) > OVERLAY.addresses;
  };
}

/** More addresses than the network of each service can need: a VM is counted once for each service on it. */
function upperBounds({ services, fleets }: Connected): Map<string, number> {
  const sizes = new Map(fleets.map(({ id, size }) => [id, size.max]));
  const own = new Map<string, number>();
  for (const { id, replicas, rollout, on } of services) {
    const vms = sum(on.map((fleet) => sizes.get(fleet) ?? 0));
    const tasks = (replicas === "everywhere" ? vms : replicas) + rollout.parallel;
    own.set(id, tasks + 1 + Math.min(vms, tasks));
  }
  const need = new Map(own);
  for (const { id, uses } of services)
    for (const { to } of uses)
      if ("service" in to) need.set(to.service, (need.get(to.service) ?? 0) + (own.get(id) ?? 0));
  return need;
}

/**
 * The most addresses that a network with these services on it can come to need: one for each task, with those that an update
 * starts beside the old ones, a virtual one for each service, and one for each VM that has such a task (libnetwork's load
 * balancer endpoint). An update that stops tasks first needs none beside: its new tasks wait for the addresses of the old.
 */
export function addressDemand(members: readonly ServiceModel[], fleets: readonly FleetModel[]): number {
  const vms = fleets.filter(({ id }) => members.some((service) => service.on.includes(id)));
  const tasks = sum(members.map((service) => mostTasks(service, fleets)));
  return tasks + members.length + Math.min(tasks, sum(vms.map(({ size }) => size.max)));
}

/** The most tasks that a service has at once, at the greatest size of its fleets. */
export function mostTasks({ replicas, rollout, on }: ServiceModel, fleets: readonly FleetModel[]): number {
  const beside = rollout.order === "start-first" ? rollout.parallel : 0;
  if (replicas !== "everywhere") return replicas + Math.min(beside, replicas);
  return sum(fleets.filter(({ id }) => on.includes(id)).map(({ size }) => size.max)) + beside;
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
