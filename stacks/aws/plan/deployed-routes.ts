import type { RouteModel } from "../../../model/schema.js";
import { listOf, recordOf } from "../../../lib/records.js";

/** A resource of the state. */
export interface StateResource {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface DeployedRoute extends RouteModel {
  /** Name of the group that the load balancer sends to. */
  readonly targetGroup: string;
}

/**
 * The routes of gateways as they are deployed, by gateway: what listeners do by default and by their rules. Names of target groups in the
 * state say which gateway, service and port they are of.
 */
export function deployedRoutes(of: (type: string) => readonly StateResource[]): ReadonlyMap<string, DeployedRoute[]> {
  const groups = new Map(
    of("aws_lb_target_group").flatMap(({ name, attributes }) => {
      // Ids of services may have underscores, those of gateways do not.
      const [, gateway, service, port] = /^([^_]+)_(.+)_(\d+)$/.exec(name) ?? [];
      if (gateway === undefined || service === undefined || port === undefined) return [];
      return [[attributes["arn"], { gateway, service, port: Number(port), name: String(attributes["name"]) }] as const];
    }),
  );
  const found = new Map<string, DeployedRoute[]>();
  const add = (action: unknown, path: string): void => {
    const group = targetsOf(action).map((arn) => groups.get(arn))[0];
    if (group === undefined) return;
    const { gateway, service, port } = group;
    const routes = found.get(gateway) ?? [];
    found.set(gateway, routes);
    if (!routes.some((route) => route.path === path)) routes.push({ path, service, port, targetGroup: group.name });
  };
  for (const { attributes } of of("aws_lb_listener")) add(attributes["default_action"], "/");
  for (const { attributes } of of("aws_lb_listener_rule")) add(attributes["action"], pathOf(attributes["condition"]));
  for (const routes of found.values()) routes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}

/** ARNs of the groups that an action sends to. */
const targetsOf = (action: unknown): unknown[] =>
  listOf(action).flatMap((one) => [
    recordOf(one)["target_group_arn"],
    ...listOf(recordOf(one)["forward"]).flatMap((forward) =>
      listOf(recordOf(forward)["target_group"]).map((group) => recordOf(group)["arn"]),
    ),
  ]);

/** The path that a rule is for: without the pattern for what is below it. */
function pathOf(condition: unknown): string {
  const patterns = listOf(condition).flatMap((one) => listOf(recordOf(one)["path_pattern"]));
  const [first = "/*"] = patterns.flatMap((pattern) => listOf(recordOf(pattern)["values"]));
  return String(first).replace(/\/?\*$/, "") || "/";
}
