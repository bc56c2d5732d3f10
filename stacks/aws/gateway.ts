import { spread } from "../../model/hash.js";
import { publishedKey, publishedPorts } from "../../model/published-ports.js";
import { routePriorities, ruledPaths } from "../../model/route-priorities.js";
import type { GatewayModel, ServiceModel, Value } from "../../model/schema.js";
import {
  Lb,
  LbListener,
  LbListenerRule,
  LbTargetGroup,
  type LbTargetGroupHealthCheck,
} from "../../providers/aws/bindings.gen.js";
import type { Ref } from "../../providers/aws/reference.js";
import { balancerName, targetGroupName } from "./names.js";
import type { Groups } from "./security.js";
import { named, type Network, type Site } from "./context.js";

/** A target group, and the fleets whose VMs are its targets. */
export interface Target {
  readonly arn: Ref;
  readonly fleets: readonly string[];
}

/** A rendered gateway, as outputs and fleets refer to it. */
export interface RenderedGateway {
  readonly id: string;
  readonly url: string;
  readonly targets: readonly Target[];
}

/** An application load balancer: a target group for each service port that it routes to, a listener, a rule for each path. */
export function renderGateway(site: Site, network: Network, groups: Groups, gateway: GatewayModel): RenderedGateway {
  const { scope, model } = site;
  const { id, internal } = gateway;
  const subnets = internal ? network.privateSubnets : network.publicSubnets;
  const balancer = new Lb(scope, `balancer-${id}`, id, {
    name: balancerName(model.cluster, id),
    load_balancer_type: "application",
    internal,
    security_groups: [groups.get(id)!],
    subnets: [...subnets.values()],
    drop_invalid_header_fields: true,
    tags: named(site, id),
  });
  const targets = renderTargets(site, network, gateway);
  renderListeners(site, gateway, balancer.ref("arn"), targets);
  const scheme = gateway.certificate === null ? "http" : "https";
  return { id, url: `${scheme}://${balancer.ref("dns_name")}`, targets: [...targets.values()] };
}

function renderTargets(site: Site, network: Network, gateway: GatewayModel): Map<string, Target> {
  const published = publishedPorts(site.model);
  const services = new Map(site.model.services.map((service) => [service.id, service]));
  const routes = new Map(gateway.routes.map((route) => [publishedKey(route), route]));
  return new Map(
    [...routes].map(([key, route]) => {
      const service = services.get(route.service)!;
      const port = published.get(key)!;
      const name = `${gateway.id}_${route.service}_${route.port}`;
      const group = new LbTargetGroup(site.scope, `target-${name}`, name, {
        name: targetGroupName(site.model, gateway.id, route.service, port),
        vpc_id: network.vpcId,
        port,
        protocol: "HTTP",
        target_type: "instance",
        deregistration_delay: "30",
        health_check: healthCheck(service, route.port),
        tags: named(site, gateway.id, route.service),
        lifecycle: { create_before_destroy: true },
      });
      return [key, { arn: group.ref("arn"), fleets: service.on }];
    }),
  );
}

/** The service's own HTTP check where it has one for this port; else anything that answers is well. */
function healthCheck({ health }: ServiceModel, port: number): LbTargetGroupHealthCheck {
  const common = { protocol: "HTTP", port: "traffic-port", healthy_threshold: 2 };
  if (health?.kind !== "http" || health.port !== port)
    return { ...common, path: "/", matcher: "200-499", interval: 10, timeout: 5, unhealthy_threshold: 3 };
  const seconds = (ms: number, least: number, most: number): number =>
    Math.min(Math.max(Math.ceil(ms / 1000), least), most);
  const interval = seconds(health.intervalMs, 5, 300);
  return {
    ...common,
    path: health.path,
    matcher: "200-399",
    interval,
    timeout: Math.min(seconds(health.timeoutMs, 2, 120), interval - 1),
    unhealthy_threshold: Math.min(Math.max(health.retries, 2), 10),
  };
}

function renderListeners(site: Site, gateway: GatewayModel, balancer: Ref, targets: ReadonlyMap<string, Target>): void {
  const { scope } = site;
  const { id, certificate } = gateway;
  const routed = new Map(gateway.routes.map((route) => [route.path, targets.get(publishedKey(route))!.arn]));
  const fallback = gateway.hosts.length === 0 ? routed.get("/") : undefined;
  const listener = new LbListener(scope, `listener-${id}`, id, {
    load_balancer_arn: balancer,
    ...(certificate === null
      ? { port: 80, protocol: "HTTP" }
      : {
          port: 443,
          protocol: "HTTPS",
          ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
          certificate_arn: text(certificate),
        }),
    default_action: [fallback === undefined ? notFound : { type: "forward", target_group_arn: fallback }],
    tags: named(site, id),
  });
  if (certificate !== null) renderRedirect(site, id, balancer);
  renderRules(site, gateway, listener.ref("arn"), routed);
}

const notFound = {
  type: "fixed-response",
  fixed_response: { content_type: "text/plain", message_body: "no route", status_code: "404" },
};

const text = (value: Value): string => (typeof value === "string" ? value : value.terraform);

function renderRedirect(site: Site, id: string, balancer: Ref): void {
  new LbListener(site.scope, `redirect-${id}`, `${id}_redirect`, {
    load_balancer_arn: balancer,
    port: 80,
    protocol: "HTTP",
    default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
    tags: named(site, id),
  });
}

function renderRules(site: Site, gateway: GatewayModel, listener: Ref, routed: ReadonlyMap<string, Ref>): void {
  const { id, hosts } = gateway;
  const paths = ruledPaths(gateway);
  const priorities = routePriorities(paths, site.model.numbers.priorities[id]);
  for (const path of paths) {
    const name = [id, ...pathNames(path)].join("_");
    new LbListenerRule(site.scope, `rule-${name}`, name, {
      listener_arn: listener,
      priority: priorities.get(path)!,
      action: [{ type: "forward", target_group_arn: routed.get(path)! }],
      condition: [
        { path_pattern: { values: path === "/" ? ["/*"] : [path, `${path}/*`] } },
        ...(hosts.length > 0 ? [{ host_header: { values: hosts } }] : []),
      ],
      tags: named(site, id),
    });
  }
}

/** The segments of a path as a Terraform name holds them; a hash follows where that leaves something out. */
function pathNames(path: string): string[] {
  const names = path.split("/").slice(1).filter(Boolean);
  if (names.every((name) => /^[A-Za-z0-9-]+$/.test(name))) return names;
  return [...names.map((name) => name.replace(/[^A-Za-z0-9-]/g, "-")), spread(path).toString(36)];
}
