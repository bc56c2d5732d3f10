import { assignStable } from "./hash.js";
import type { Model, RouteModel } from "./schema.js";

/**
 * Where gateway targets are published on the VMs of their fleets: above Linux's privileged ports and below its ephemeral
 * range (32768 to 60999), so that no outgoing connection holds one.
 */
export const PUBLISHED_RANGE = { first: 30_000, size: 2_700 } as const;

/** Key of a published port: one per service and container port, shared by all gateways. */
export const publishedKey = ({ service, port }: Pick<RouteModel, "service" | "port">): string => `${service}:${port}`;

/**
 * The port on the VM for each service port that a gateway routes to. A service that binds a host port itself keeps it;
 * all others have the one that was noted for them, or get one out of {@link PUBLISHED_RANGE} that no service binds.
 */
export function publishedPorts(model: Routed): Map<string, number> {
  const bound = boundPorts(model);
  const routed = [...new Set(model.gateways.flatMap((gateway) => gateway.routes.map(publishedKey)))];
  const free = routed.filter((key) => !bound.has(key));
  const assigned = assignStable(free, PUBLISHED_RANGE, { reserved: bound.values(), held: model.numbers.ports });
  return new Map(routed.map((key) => [key, bound.get(key) ?? assigned.get(key)!]));
}

type Routed = Pick<Model, "services" | "gateways" | "numbers">;

/** The ports that services bind on their VMs themselves. */
export function boundPorts({ services }: Pick<Model, "services">): Map<string, number> {
  const bound = new Map<string, number>();
  for (const { id, ports } of services)
    for (const { port, hostPort } of ports)
      if (hostPort !== null) bound.set(publishedKey({ service: id, port }), hostPort);
  return bound;
}
