import { LightfleetError } from "../../errors/error.js";
import { publishedKey } from "../../model/published-ports.js";
import type { Model } from "../../model/schema.js";
import type { PlanSummary } from "../../terraform/summary.js";

const RELEASE = "aws_s3_object.release";
const GROUP = "aws_autoscaling_group";
const TEMPLATE = "aws_launch_template";
const OPENING = "aws_vpc_security_group_ingress_rule";
/** The network's resources are named after zones and ways, not after what is declared. */
const NETWORK = /^aws_(subnet|route|route_table|route_table_association|eip|nat_gateway|internet_gateway|vpc)$/;

/**
 * The addresses of what is behind names of the program: a fleet's, a gateway's or a volume's own resources; for a service
 * the release, which holds all of them; for a gateway also what lets it reach the fleets that it routes to.
 * @param root the synthesized JSON
 * @throws LF605 where a name is none of the program's, or has nothing behind it: a plan without an address is one of all
 */
export function targetAddresses(root: unknown, model: Model, names: readonly string[]): string[] {
  const services = new Set(model.services.map(({ id }) => id));
  const others = new Set([...model.fleets, ...model.gateways, ...model.volumes].map(({ id }) => id));
  const known = [...services, ...others].sort();
  const addresses = names.flatMap((name) => {
    if (services.has(name)) return [RELEASE];
    if (others.has(name)) {
      const own = resourcesOf(root, name);
      if (own.length === 0) throw without(model, name);
      return [...own, ...reachOf(root, model, name)];
    }
    throw new LightfleetError(`the cluster ${model.cluster} has no fleet, service, gateway or volume '${name}'`, {
      code: "LF605",
      kind: "usage",
      hint: `it has ${known.join(", ")}`,
    });
  });
  return [...new Set(addresses)];
}

/** A volume that is a directory of VMs comes with who mounts it. */
function without({ services }: Model, id: string): LightfleetError {
  const users = services.filter(({ volumes }) => Object.values(volumes).includes(id));
  const hint =
    users.length === 0
      ? "nothing mounts it: leave it out"
      : `it comes with the services that mount it: ${users.map((user) => `--target ${user.id}`).join(" ")}`;
  return new LightfleetError(`'${id}' has no resource of its own: it is a directory of the VMs`, {
    ...{ code: "LF605", kind: "usage", hint },
  });
}

/**
 * What is of the fleets behind a gateway, and is needed for it to reach them: what they let in from it, and the groups that
 * put their VMs into its target groups. Nothing where the name is no gateway's.
 */
function reachOf(root: unknown, { gateways, services }: Model, id: string): string[] {
  const routes = gateways.filter((gateway) => gateway.id === id).flatMap((gateway) => gateway.routes);
  const wanted = routes.flatMap(({ service, port }) =>
    (services.find((one) => one.id === service)?.on ?? []).flatMap((fleet) => [
      { type: OPENING, name: `${fleet}_from_${id}_${service}_${port}` },
      { type: GROUP, name: fleet },
    ]),
  );
  return wanted.filter(({ type, name }) => has(root, type, name)).map(({ type, name }) => `${type}.${name}`);
}

/** The fleets that a gateway routes to; none where there is no gateway of that name. */
function fleetsBehind({ gateways, services }: Model, id: string): string[] {
  const routed = gateways.filter((gateway) => gateway.id === id).flatMap(({ routes }) => routes);
  const fleets = routed.flatMap(({ service }) => services.find((one) => one.id === service)?.on ?? []);
  return [...new Set(fleets)].sort();
}

const has = (root: unknown, type: string, name: string): boolean =>
  child(child(child(root, "resource"), type), name) !== undefined;

function resourcesOf(root: unknown, id: string): string[] {
  return entriesOf(child(root, "resource"))
    .filter(([type]) => !NETWORK.test(type))
    .flatMap(([type, blocks]) => entriesOf(blocks).map(([name]) => ({ type, name })))
    .filter(({ name }) => name === id || name.startsWith(`${id}_`))
    .map(({ type, name }) => `${type}.${name}`);
}

/**
 * What would go along although it was not named: a release goes out as a whole, and a gateway takes the groups of its fleets
 * along, which may have changes of their own.
 * @throws LF605 with their names
 */
export function refuseCompany(summary: PlanSummary, model: Model, names: readonly string[]): void {
  refuseFleets(summary, model, names);
  refuseUnpublished(summary, model, names);
  if (!model.services.some(({ id }) => names.includes(id))) return;
  const others = changedServices(summary).filter((id) => !names.includes(id));
  if (others.length === 0) return;
  throw new LightfleetError(`with ${names.join(", ")}, these would be released too: ${others.join(", ")}`, {
    code: "LF605",
    kind: "aborted",
    hint: `name them as well (${others.map((id) => `--target ${id}`).join(" ")}), or take their change back for now`,
  });
}

/** A group may get other target groups for the sake of a gateway, and nothing else. */
function refuseFleets({ changes }: PlanSummary, model: Model, names: readonly string[]): void {
  const behind = new Set(names.flatMap((name) => fleetsBehind(model, name)).filter((fleet) => !names.includes(fleet)));
  const others = changes.filter(({ type, name }) => behind.has(name) && (type === GROUP || type === TEMPLATE));
  const found = [...behind].flatMap((fleet) => {
    const own = others.filter(({ name }) => name === fleet);
    if (own.some(({ action }) => action === "create")) return [{ fleet, why: `the fleet ${fleet} would be made too` }];
    const paths = own.flatMap(({ type, attributes }) => (type === GROUP ? attributes.map(({ path }) => path) : []));
    const rolls = own.some(({ type, action }) => type === TEMPLATE || action !== "update") || paths.some(isTemplate);
    if (rolls) return [{ fleet, why: `the VMs of ${fleet} would be replaced too` }];
    const more = paths.filter((path) => !path.startsWith("target_group_arns"));
    return more.length === 0 ? [] : [{ fleet, why: `the fleet ${fleet} would be changed too (${more.join(", ")})` }];
  });
  if (found.length === 0) return;
  throw new LightfleetError(`with ${names.join(", ")}, ${found.map(({ why }) => why).join("; ")}`, {
    code: "LF605",
    kind: "aborted",
    hint: `name what goes along (${found.map(({ fleet }) => `--target ${fleet}`).join(" ")}), or take its change back for now`,
  });
}

const isTemplate = (path: string): boolean => /^(launch_template|mixed_instances_policy)\b/.test(path);

/**
 * A service answers a gateway at a port that its release publishes: a new target is never healthy without it. A port that the
 * service binds itself, or that another gateway routes to, is there already.
 */
function refuseUnpublished({ changes }: PlanSummary, model: Model, names: readonly string[]): void {
  const made = new Set(
    changes
      .filter(({ type, action }) => type === "aws_lb_target_group" && (action === "create" || action === "replace"))
      .map(({ name }) => name),
  );
  const isNamed = ({ id }: { readonly id: string }): boolean => names.includes(id);
  const published = new Set([
    ...model.gateways.filter((gateway) => !isNamed(gateway)).flatMap(({ routes }) => routes.map(publishedKey)),
    ...model.services.flatMap(({ id, ports }) =>
      ports.flatMap(({ port, hostPort }) => (hostPort === null ? [] : [publishedKey({ service: id, port })])),
    ),
  ]);
  const open = model.gateways
    .filter(isNamed)
    .flatMap(({ id, routes }) => routes.filter(({ service, port }) => made.has(`${id}_${service}_${port}`)))
    .filter((route) => !published.has(publishedKey(route)) && !names.includes(route.service))
    .map(({ service }) => service);
  const services = [...new Set(open)].sort();
  if (services.length === 0) return;
  throw new LightfleetError(
    `${names.join(", ")} would get targets that do not answer: the release publishes the ports of ${services.join(", ")}`,
    {
      code: "LF605",
      kind: "aborted",
      hint: `name the services as well: ${services.map((id) => `--target ${id}`).join(" ")}`,
    },
  );
}

/** The services whose part of the release a plan changes. */
export function changedServices({ changes }: PlanSummary): string[] {
  const content = changes.find(({ address }) => address === RELEASE)?.attributes.find(({ path }) => path === "content");
  const found = (content?.inside ?? []).flatMap(
    ({ path }) => /^content\.stack\.services\.([a-z0-9-]+)/.exec(path)?.[1] ?? [],
  );
  return [...new Set(found)].sort();
}

function child(value: unknown, key: string): unknown {
  return entriesOf(value).find(([name]) => name === key)?.[1];
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
