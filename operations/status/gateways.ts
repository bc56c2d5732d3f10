import type { Model } from "../../model/schema.js";
import type { Inventory } from "../../sandbox/inventory.js";
import type { Deployed } from "./deployed.js";
import { balancerName } from "../../stacks/aws/names.js";

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

/** The gateways that are deployed, with the addresses of their load balancers and the VMs behind them. @param model as declared */
export function describeGateways(
  model: Model,
  { loadBalancers, targetGroups }: Inventory,
  { gateways, routes }: Pick<Deployed, "gateways" | "routes">,
): GatewayStatus[] {
  return [...gateways].flatMap((id): GatewayStatus[] => {
    const declared = model.gateways.find((gateway) => gateway.id === id);
    const balancer = loadBalancers.find(({ name }) => name === balancerName(model.cluster, id));
    // A load balancer of the program's own is no gateway.
    if (balancer === undefined && declared === undefined) return [];
    const secure = balancer?.listeners.some(({ protocol }) => protocol === "HTTPS") === true;
    return [
      {
        id,
        internal: balancer?.internal ?? declared?.internal ?? false,
        url: balancer === undefined ? null : `${secure ? "https" : "http"}://${balancer.dnsName}`,
        routes: (routes.get(id) ?? []).map(({ targetGroup, ...route }) => ({
          ...route,
          targets: targetGroups.find(({ name }) => name === targetGroup)?.targets ?? [],
        })),
      },
    ];
  });
}

/** The gateways of a model of which nothing is there. */
export const undeployedGateways = ({ gateways }: Model): GatewayStatus[] =>
  gateways.map(({ id, internal, routes }) => ({
    ...{ id, internal, url: null },
    routes: routes.map((route) => ({ ...route, targets: [] })),
  }));
