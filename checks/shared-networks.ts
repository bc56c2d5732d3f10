import { overlays } from "../model/overlays.js";
import { publishedPorts } from "../model/published-ports.js";
import type { Model } from "../model/schema.js";

/** Services that reach each other without an edge, because they are on one network. */
export interface SharedNetworks {
  /** How many pairs of services share a network. */
  readonly pairs: number;
  /** How many of these have no edge, either way: they reach each other at any port all the same. */
  readonly withoutEdge: number;
  /** The networks with such pairs, in order, and the services among which they are. */
  readonly networks: readonly { readonly of: string; readonly services: readonly string[] }[];
}

/** What the network is called that all services are on that Docker's routing mesh publishes. */
const MESH = "routing mesh";

/**
 * Which services share a network and have no edge: the users of one service, and all services that gateways route to by the routing mesh,
 * whose network they are on.
 */
export function sharedNetworks(model: Model): SharedNetworks {
  const place = new Map(model.services.map(({ id }, index) => [id, index]));
  const edges = new Set<number>();
  const pairs = new Set<number>();
  const key = (one: string, other: string): number => {
    const [a, b] = [place.get(one) ?? 0, place.get(other) ?? 0];
    return Math.min(a, b) * model.services.length + Math.max(a, b);
  };
  for (const { id, uses } of model.services)
    for (const { to } of uses) if ("service" in to && to.service !== id) edges.add(key(id, to.service));
  const networks = [...overlays(model).map(({ service, members }) => ({ of: service, members })), mesh(model)];
  const found = networks.flatMap(({ of, members }) => {
    const apart = new Set<string>();
    for (const [index, one] of members.entries())
      for (const other of members.slice(index + 1)) {
        const pair = key(one, other);
        pairs.add(pair);
        if (!edges.has(pair)) for (const each of [one, other]) apart.add(each);
      }
    return apart.size > 0 ? [{ of, services: [...apart].sort() }] : [];
  });
  const withoutEdge = [...pairs].filter((pair) => !edges.has(pair)).length;
  return { pairs: pairs.size, withoutEdge, networks: found };
}

/** Services that bind a port of their VM are not on the mesh's network for it. */
function mesh(model: Model): { readonly of: string; readonly members: readonly string[] } {
  const bound = new Map(model.services.map(({ id, ports }) => [id, ports]));
  const members = [...publishedPorts(model).keys()].flatMap((published) => {
    const [service = "", port = ""] = published.split(":");
    const own = bound.get(service)?.find((one) => one.port === Number(port));
    return own?.hostPort === null ? [service] : [];
  });
  return { of: MESH, members: [...new Set(members)].sort() };
}
