import { byText } from "../../model/order.js";
import { withoutValues } from "../hidden-values.js";
import { changedAttributes, type AttributeChange } from "../../terraform/attributes.js";
import type { PlanJson, ResourceChange } from "../../terraform/plan-schema.js";
import { awsClassifier } from "../../stacks/aws/plan/classifier.js";
import { addedEntries, type AddedEntry } from "../../stacks/aws/plan/unmanaged-entries.js";
import { declaredAt, isBlank } from "./config-lookup.js";
import { heldResources, type HeldResource } from "../../terraform/state-resources.js";
import { isUndone, type TypeTables } from "./reverted-on-apply.js";
import { isRecord } from "../../lib/records.js";

/** One attribute that is not as it was left. Sensitive values are left out. */
export interface DriftedAttribute extends AttributeChange {
  /**
   * Whether the program says it, be it by leaving out what AWS does not fill in: a deploy puts it right. What AWS fills in by
   * itself is told, and is no drift.
   */
  readonly declared: boolean;
  /** Where the program says it, in its own words, where there are some: what to change there to keep it as it is. */
  readonly inProgram?: string;
}

/** A resource that is not as it was left. */
export interface DriftedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly what: "changed" | "gone";
  /** Whether it is drift: the program declares something of what changed, or somebody added to it. */
  readonly declared: boolean;
  /** From what was left to what is there; empty where it is gone. */
  readonly attributes: readonly DriftedAttribute[];
  /** What somebody put into it that a deploy would leave there, as a rule of a security group; absent where there is nothing. */
  readonly added?: readonly AddedEntry[];
}

/** How to look for drift. */
export interface DriftSearch {
  /** Tells what AWS fills in, and what it does not. */
  readonly tables: TypeTables;
  /** Whether all resources were looked at, and not those of a target alone. @default true */
  readonly whole?: boolean;
}

/**
 * Reads out of a plan what was changed outside of the program.
 * @param program the Terraform JSON of the cluster, which tells what is declared from what is computed
 */
export function findDrift(plan: PlanJson, program: unknown, { tables, whole = true }: DriftSearch): DriftedResource[] {
  const changed = plan.resource_drift
    .filter(({ mode }) => mode === "managed")
    .map((resource) => withoutValues(toDrifted(resource, program, tables), awsClassifier))
    .filter(({ what, attributes }) => what === "gone" || attributes.length > 0);
  const found = new Map(changed.map((resource) => [resource.address, resource]));
  // What was not looked at is in the state as it once was, and its rules may be gone from there by now.
  const held = whole ? heldResources(plan) : [];
  for (const holder of held) {
    const added = addedTo(holder, held, program);
    const { address, type, name } = holder;
    if (added.length === 0) continue;
    const known = found.get(address) ?? { address, type, name, what: "changed", attributes: [] };
    found.set(address, { ...known, declared: true, added });
  }
  return [...found.values()].sort((a, b) => byText(a.address, b.address));
}

/** The addresses of what is drift, by `findDrift`: a summary of the plan has them. */
export const driftedAddresses = (resources: readonly DriftedResource[]): string[] =>
  resources.filter(({ declared }) => declared).map(({ address }) => address);

function addedTo(holder: HeldResource, held: readonly HeldResource[], program: unknown): AddedEntry[] {
  const block = at(program, ["resource", holder.type, holder.name]);
  return addedEntries(holder, held, (attribute) => declaredAt(block, attribute).length > 0);
}

function toDrifted(
  { address, type, name, change }: ResourceChange,
  program: unknown,
  tables: TypeTables,
): DriftedResource {
  if (change.actions[0] === "delete") return { address, type, name, what: "gone", declared: true, attributes: [] };
  const block = at(program, ["resource", type, name]);
  const ignored = at(block, ["lifecycle", "ignore_changes"]);
  const attributes = changedAttributes(change).flatMap((attribute): DriftedAttribute[] => {
    const { path, sensitive, before, after } = attribute;
    const said = declaredAt(block, path);
    // The engine's state after an apply has null where it finds nothing the next time.
    if (!sensitive && [before, after, ...said].every(isBlank)) return [];
    const isSaid = said.length > 0 || isUndone(tables, type, block, path, after);
    const words = IN_PROGRAM[type]?.[path];
    return [
      {
        ...attribute,
        declared: isSaid && !isIgnored(ignored, path),
        ...(words !== undefined && { inProgram: `${words} of '${name}'` }),
      },
    ];
  });
  return { address, type, name, what: "changed", declared: attributes.some(({ declared }) => declared), attributes };
}

/** Whether `ignore_changes` names the attribute, or what it is in. */
function isIgnored(ignored: unknown, path: string): boolean {
  if (ignored === "all") return true;
  return (
    Array.isArray(ignored) &&
    ignored.some(
      (one) => path === one || (path.startsWith(String(one)) && /^[.[]/.test(path.slice(String(one).length))),
    )
  );
}

/** What attributes are called in the language. */
const IN_PROGRAM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_autoscaling_group: { min_size: "size.min", max_size: "size.max", desired_capacity: "size.desired" },
  aws_launch_template: { instance_type: "machine", image_id: "os.image" },
  aws_lb: { internal: "internal" },
};

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (isRecord(inside) ? inside[key] : undefined), value);
}
