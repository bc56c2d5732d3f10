import { LightfleetError } from "../../errors/error.js";
import type { Model } from "../../model/schema.js";
import type { PlanSummary } from "../../terraform/summary.js";

const RELEASE = "aws_s3_object.release";
/** The network's resources are named after zones and ways, not after what is declared. */
const NETWORK = /^aws_(subnet|route|route_table|route_table_association|eip|nat_gateway|internet_gateway|vpc)$/;

/**
 * The addresses of what is behind names of the program: a fleet's, a gateway's or a volume's own resources; for a service
 * the release, which holds all of them.
 * @param root the synthesized JSON
 * @throws LF605 where a name is none of the program's
 */
export function targetAddresses(root: unknown, model: Model, names: readonly string[]): string[] {
  const services = new Set(model.services.map(({ id }) => id));
  const others = new Set([...model.fleets, ...model.gateways, ...model.volumes].map(({ id }) => id));
  const known = [...services, ...others].sort();
  return names.flatMap((name) => {
    if (services.has(name)) return [RELEASE];
    if (others.has(name)) return resourcesOf(root, name);
    throw new LightfleetError(`the cluster ${model.cluster} has no fleet, service, gateway or volume '${name}'`, {
      code: "LF605",
      kind: "usage",
      hint: `it has ${known.join(", ")}`,
    });
  });
}

function resourcesOf(root: unknown, id: string): string[] {
  return entriesOf(child(root, "resource"))
    .filter(([type]) => !NETWORK.test(type))
    .flatMap(([type, blocks]) => entriesOf(blocks).map(([name]) => ({ type, name })))
    .filter(({ name }) => name === id || name.startsWith(`${id}_`))
    .map(({ type, name }) => `${type}.${name}`);
}

/**
 * A release goes out as a whole: where others than the named services changed too, they would go along.
 * @throws LF605 with their names
 */
export function refuseCompany(summary: PlanSummary, model: Model, names: readonly string[]): void {
  if (!model.services.some(({ id }) => names.includes(id))) return;
  const others = changedServices(summary).filter((id) => !names.includes(id));
  if (others.length === 0) return;
  throw new LightfleetError(`with ${names.join(", ")}, these would be released too: ${others.join(", ")}`, {
    code: "LF605",
    kind: "aborted",
    hint: `name them as well (${others.map((id) => `--target ${id}`).join(" ")}), or take their change back for now`,
  });
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
