import { publishedKey, publishedPorts } from "../../model/published-ports.js";
import type { Model } from "../../model/schema.js";
import type { Inventory } from "../../sandbox/inventory.js";
import { boundedName } from "../../stacks/aws/names.js";

export interface RouteStatus {
  readonly path: string;
  readonly service: string;
  readonly port: number;
  /** Ids of the VMs that the load balancer may send to. */
  readonly targets: readonly string[];
}

export interface GatewayStatus {
  readonly id: string;
  readonly internal: boolean;
  /** Null where the load balancer is not there. */
  readonly url: string | null;
  readonly routes: readonly RouteStatus[];
}

/** Load balancers and target groups have names of up to 32 characters. */
const NAME = 32;

/** The gateways of a model, with the addresses of their load balancers and the VMs behind them. */
export function describeGateways(model: Model, { loadBalancers, targetGroups }: Inventory): GatewayStatus[] {
  const published = publishedPorts(model);
  return model.gateways.map(({ id, internal, certificate, routes }) => {
    const balancer = loadBalancers.find(({ name }) => name === boundedName([model.cluster, id], NAME));
    const scheme = certificate === null ? "http" : "https";
    return {
      id,
      internal,
      url: balancer === undefined ? null : `${scheme}://${balancer.dnsName}`,
      routes: routes.map((route) => {
        const { path, service, port } = route;
        const hostPort = String(published.get(publishedKey(route)) ?? port);
        const expected = boundedName([model.cluster, id, service, hostPort], NAME);
        return { path, service, port, targets: targetGroups.find(({ name }) => name === expected)?.targets ?? [] };
      }),
    };
  });
}
