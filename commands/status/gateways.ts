import { publishedKey, publishedPorts } from "../../model/published-ports.js";
import type { Model } from "../../model/schema.js";
import type { StoredObject } from "../../sandbox/store.js";
import { boundedName } from "../../stacks/aws/names.js";

export interface RouteStatus {
  readonly path: string;
  readonly service: string;
  readonly port: number;
  /** How many VMs the load balancer may send to. */
  readonly targets: number;
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
export function describeGateways(model: Model, objects: readonly StoredObject[]): GatewayStatus[] {
  const published = publishedPorts(model);
  return model.gateways.map(({ id, internal, certificate, routes }) => {
    const balancer = named(objects, "aws_lb", boundedName([model.cluster, id], NAME));
    const host = balancer?.attributes["dns_name"];
    return {
      id,
      internal,
      url: typeof host === "string" ? `${certificate === null ? "http" : "https"}://${host}` : null,
      routes: routes.map((route) => {
        const port = String(published.get(publishedKey(route)) ?? route.port);
        const name = boundedName([model.cluster, id, route.service, port], NAME);
        const { path, service } = route;
        return {
          path,
          service,
          port: route.port,
          targets: countTargets(objects, named(objects, "aws_lb_target_group", name)),
        };
      }),
    };
  });
}

/** The instances of all autoscaling groups that are attached to a target group. */
function countTargets(objects: readonly StoredObject[], group: StoredObject | undefined): number {
  const arn = group?.attributes["arn"];
  if (typeof arn !== "string") return 0;
  return objects
    .filter((object) => {
      const arns = object.attributes["target_group_arns"];
      return object.type === "aws_autoscaling_group" && Array.isArray(arns) && arns.includes(arn);
    })
    .reduce((sum, object) => sum + (object.fleet?.instances.length ?? 0), 0);
}

function named(objects: readonly StoredObject[], type: string, name: string): StoredObject | undefined {
  return objects.find((object) => object.type === type && object.attributes["name"] === name);
}
