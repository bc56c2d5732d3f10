import {
  DescribeTargetHealthCommand,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  type LoadBalancer,
  type TargetGroup,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { publishedKey, publishedPorts } from "../../../model/published-ports.js";
import type { Model } from "../../../model/schema.js";
import { balancerName, targetGroupName } from "../names.js";
import { loadBalancing } from "../api/clients.js";
import { asking } from "../api/call.js";
import { mapParallel } from "../api/parallel.js";
import type { GatewayStatus, TargetHealth } from "../../platform/status.js";

/** The load balancers of clusters in one region, as AWS tells of them. */
export interface LiveBalancers {
  /** By name. */
  readonly balancers: ReadonlyMap<string, LoadBalancer>;
  /** What the targets of each target group are told to be, by its name. */
  readonly health: ReadonlyMap<string, readonly TargetHealthDescription[]>;
}

/** As many at a time as AWS gives. */
const PAGE = 400;
const WIDTH = 8;

/** Reads what stands behind the gateways of models: one question a page, and one for each target group. */
export async function readBalancers(region: string, models: readonly Model[]): Promise<LiveBalancers> {
  if (models.every(({ gateways }) => gateways.length === 0)) return { balancers: new Map(), health: new Map() };
  const client = loadBalancing(region);
  const [balancers, groups] = await Promise.all([
    asking("elasticloadbalancing:DescribeLoadBalancers", async () => {
      const found: LoadBalancer[] = [];
      for await (const page of paginateDescribeLoadBalancers({ client, pageSize: PAGE }, {}))
        found.push(...(page.LoadBalancers ?? []));
      return found;
    }),
    asking("elasticloadbalancing:DescribeTargetGroups", async () => {
      const found: TargetGroup[] = [];
      for await (const page of paginateDescribeTargetGroups({ client, pageSize: PAGE }, {}))
        found.push(...(page.TargetGroups ?? []));
      return found;
    }),
  ]);
  const wanted = new Set(models.flatMap((model) => routesOf(model).map(({ targetGroup }) => targetGroup)));
  const ours = groups.filter(({ TargetGroupName = "" }) => wanted.has(TargetGroupName));
  const health = await mapParallel(ours, WIDTH, ({ TargetGroupArn }) =>
    asking("elasticloadbalancing:DescribeTargetHealth", () =>
      client.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    ),
  );
  return {
    balancers: new Map(balancers.map((balancer) => [balancer.LoadBalancerName ?? "", balancer])),
    health: new Map(
      ours.map(({ TargetGroupName = "" }, i) => [TargetGroupName, health[i]?.TargetHealthDescriptions ?? []]),
    ),
  };
}

function routesOf(model: Model) {
  const published = publishedPorts(model);
  return model.gateways.flatMap((gateway) =>
    gateway.routes.map((route) => {
      const port = published.get(publishedKey(route)) ?? route.port;
      return { gateway, route, targetGroup: targetGroupName(model, gateway.id, route.service, port) };
    }),
  );
}

/** The gateways of a model beside their load balancers in the account. */
export function describeLiveGateways(model: Model, live: LiveBalancers): GatewayStatus[] {
  const routes = routesOf(model);
  return model.gateways.map((gateway) => {
    const { id, internal, certificate } = gateway;
    const balancer = live.balancers.get(balancerName(model.cluster, id));
    return {
      id,
      internal,
      url: balancer === undefined ? null : `${certificate === null ? "http" : "https"}://${balancer.DNSName ?? ""}`,
      routes: routes
        .filter((one) => one.gateway === gateway)
        .map(({ route: { path, service, port }, targetGroup }) => {
          const told = live.health.get(targetGroup) ?? [];
          const targets = told.flatMap(({ Target }) => (Target?.Id === undefined ? [] : [Target.Id])).sort();
          return { path, service, port, targets, health: sumUp(told) };
        }),
    };
  });
}

function sumUp(told: readonly TargetHealthDescription[]): TargetHealth {
  const count = (state: string): number => told.filter(({ TargetHealth: one }) => one?.State === state).length;
  const [healthy, unhealthy] = [count("healthy"), count("unhealthy") + count("unavailable")];
  const reasons = told.flatMap(({ TargetHealth: one }) =>
    one?.State === "healthy" ? [] : [one?.Description ?? one?.Reason ?? ""],
  );
  return {
    healthy,
    unhealthy,
    other: told.length - healthy - unhealthy,
    reasons: [...new Set(reasons.filter((reason) => reason !== ""))].sort(),
  };
}
