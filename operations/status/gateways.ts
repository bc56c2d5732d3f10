import type { Model } from "../../model/schema.js";
import type { Inventory } from "../../sandbox/aws/inventory.js";
import type { Deployed } from "../../stacks/aws/plan/deployed.js";
import { balancerName } from "../../stacks/aws/names.js";
import type { GatewayStatus } from "../../stacks/platform/status.js";

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
