import { INGRESS_RANGE, OVERLAY, usable } from "./overlay-sizes.js";
import { mostTasks, sum } from "./overlays.js";
import { boundPorts, publishedKey } from "./published-ports.js";
import type { Model } from "./schema.js";
import { tryParseCidr } from "./units.js";

/** Key of the network of published ports among the ranges of a lock file; those of services' networks have a `_`. */
export const INGRESS = "ingress";

/** What takes an address in the network of published ports, at the most. */
export interface IngressDemand {
  readonly services: number;
  readonly tasks: number;
  readonly vms: number;
  /** The sum of these; 0 where nothing is published. */
  readonly addresses: number;
}

/**
 * How many addresses the network of published ports can come to need: one for each service that a gateway leads to, without those that
 * bind a port of their VMs, one for each of its tasks, and one for every VM of the cluster.
 */
export function ingressDemand(model: Pick<Model, "services" | "gateways" | "fleets">): IngressDemand {
  const bound = boundPorts(model);
  const routed = model.gateways.flatMap(({ routes }) => routes).filter((route) => !bound.has(publishedKey(route)));
  const ids = new Set(routed.map(({ service }) => service));
  const published = model.services.filter(({ id }) => ids.has(id));
  if (published.length === 0) return { services: 0, tasks: 0, vms: 0, addresses: 0 };
  const tasks = sum(published.map((service) => mostTasks(service, model.fleets)));
  const vms = sum(model.fleets.map(({ size }) => size.max));
  return { services: published.length, tasks, vms, addresses: published.length + tasks + vms };
}

/**
 * The range that the network of published ports has by the word of the lock file, or undefined where it is Swarm's own. A swarm is founded
 * with a large one; whether one was founded before that was so cannot be told from a program. So one that published ports already without
 * a note of the range counts as such, and the note is made where the first ports are given out, and no /24 would do.
 */
export function ingressRange(model: Pick<Model, "services" | "gateways" | "fleets" | "numbers">): string | undefined {
  const noted = model.numbers.networks[INGRESS];
  if (noted !== undefined) return noted;
  const isNew = Object.keys(model.numbers.ports).length === 0;
  return isNew && ingressDemand(model).addresses > OVERLAY.addresses ? INGRESS_RANGE : undefined;
}

/** How many addresses the network of published ports has for what is on it. @param range undefined, or none that can be read, for Swarm's own */
export function ingressAddresses(range: string | undefined): number {
  const found = range === undefined ? undefined : tryParseCidr(range);
  return found === undefined ? OVERLAY.addresses : usable(found.prefix);
}
