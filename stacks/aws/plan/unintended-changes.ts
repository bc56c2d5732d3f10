import { LightfleetError } from "../../../errors/error.js";
import { publishedKey } from "../../../model/published-ports.js";
import type { Model } from "../../../model/schema.js";
import type { PlanSummary } from "../../../terraform/summary.js";
import { RELEASE } from "./prior-state.js";
import { fleetsBehind, needsOf } from "./target-dependencies.js";

const GROUP = "aws_autoscaling_group";
const TEMPLATE = "aws_launch_template";

/** What a plan is restricted to. */
export interface Part {
  /** The synthesized JSON. */
  readonly root: unknown;
  readonly model: Model;
  readonly names: readonly string[];
  /** What is behind the names. */
  readonly addresses: readonly string[];
  /** The addresses of all that is deployed. */
  readonly state: ReadonlySet<string>;
}

/**
 * Refuses what would go along although it was not named, as a release goes out as a whole, and a gateway takes the groups of
 * its fleets along, which may have changes of their own; and what would not work without more.
 * @throws LF605 with their names
 */
export function refuseCompany(summary: PlanSummary, part: Part): void {
  const { model, names, addresses } = part;
  refuseFleets(summary, model, names);
  refuseUnpublished(summary, model, names);
  if (!addresses.includes(RELEASE)) return;
  refuseAbsent(part);
  const others = changedServices(summary).filter((id) => !names.includes(id));
  if (others.length === 0) return;
  throw new LightfleetError(`with ${names.join(", ")}, these would be released too: ${others.join(", ")}`, {
    code: "LF605",
    kind: "aborted",
    hint: `name them as well (${others.map((id) => `--target ${id}`).join(" ")}), or take their change back for now`,
  });
}

/** A release does not go out to what is not there yet, be it a fleet or a way to one. */
function refuseAbsent({ root, model, names, addresses, state }: Part): void {
  const present = new Set([...state, ...addresses]);
  const absent = model.services
    .filter(({ id }) => names.includes(id))
    .flatMap((service) => needsOf(root, model, service))
    .filter(({ address, where }) => !present.has(address) && (where === undefined || state.has(where)));
  if (absent.length === 0) return;
  const unique = (list: string[]): string[] => [...new Set(list)];
  const what = unique(absent.map((need) => need.what)).join(", ");
  throw new LightfleetError(`with ${names.join(", ")}, the release would need what is not there yet: ${what}`, {
    code: "LF605",
    kind: "aborted",
    hint: `name it as well: ${unique(absent.map(({ target }) => `--target ${target}`)).join(" ")}`,
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
function changedServices({ changes }: PlanSummary): string[] {
  const content = changes.find(({ address }) => address === RELEASE)?.attributes.find(({ path }) => path === "content");
  const found = (content?.inside ?? []).flatMap(
    ({ path }) => /^content\.stack\.services\.([a-z0-9-]+)/.exec(path)?.[1] ?? [],
  );
  return [...new Set(found)].sort();
}
