import { publishedKey, publishedPorts } from "../../model/published-ports.js";
import type { Model } from "../../model/schema.js";
import type { Inventory } from "../../sandbox/inventory.js";
import { balancerName, targetGroupName } from "../../stacks/aws/names.js";

export interface RouteStatus {
  readonly path: string;
  readonly service: string;
  readonly port: number;
  /** Ids of the VMs that the load balancer may send to. */
  readonly targets: readonly string[];
  /** In an account: how the load balancer's own health checks end. */
  readonly health?: TargetHealth;
}

export interface TargetHealth {
  readonly healthy: number;
  readonly unhealthy: number;
  /** Coming or going: neither yet. */
  readonly other: number;
  /** Why targets are not healthy, in the words of AWS, each once. */
  readonly reasons: readonly string[];
}

export interface GatewayStatus {
  readonly id: string;
  readonly internal: boolean;
  /** Null where the load balancer is not there. */
  readonly url: string | null;
  readonly routes: readonly RouteStatus[];
}

/** The gateways of a model, with the addresses of their load balancers and the VMs behind them. */
export function describeGateways(model: Model, { loadBalancers, targetGroups }: Inventory): GatewayStatus[] {
  const published = publishedPorts(model);
  return model.gateways.map(({ id, internal, certificate, routes }) => {
    const balancer = loadBalancers.find(({ name }) => name === balancerName(model.cluster, id));
    const scheme = certificate === null ? "http" : "https";
    return {
      id,
      internal,
      url: balancer === undefined ? null : `${scheme}://${balancer.dnsName}`,
      routes: routes.map((route) => {
        const { path, service, port } = route;
        const expected = targetGroupName(model, id, service, published.get(publishedKey(route)) ?? port);
        return { path, service, port, targets: targetGroups.find(({ name }) => name === expected)?.targets ?? [] };
      }),
    };
  });
}
