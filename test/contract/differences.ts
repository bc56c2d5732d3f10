import type { Plan, ResourcePlan } from "./plan.js";

/** One thing in which two plans differ. */
export interface Difference {
  /** Address, and what of it: `aws_vpc.cluster.tags_all`. */
  readonly at: string;
  readonly real: unknown;
  readonly sandbox: unknown;
}

/** Stands for a value that is only known once it is applied. */
const UNKNOWN = "(known after apply)";

/** Compares two plans: actions, what forces replacement, and each planned value, known or not. */
export function differences(real: Plan, sandbox: Plan): Difference[] {
  return [
    ...compare("actions", Object.fromEntries(real.actions), Object.fromEntries(sandbox.actions)),
    ...both(real.changes, sandbox.changes).flatMap(([left, right]) => [
      ...compare(`${left.address} replaced for`, left.replacePaths, right.replacePaths),
      ...compare(`${left.address} order`, left.actions, right.actions),
      ...compare(`${left.address} before`, left.before, right.before),
      ...compare(left.address, planned(left), planned(right)),
    ]),
  ];
}

function both(left: readonly ResourcePlan[], right: readonly ResourcePlan[]): [ResourcePlan, ResourcePlan][] {
  const others = new Map(right.map((resource) => [resource.address, resource]));
  return left.flatMap((resource): [ResourcePlan, ResourcePlan][] => {
    const other = others.get(resource.address);
    return other === undefined ? [] : [[resource, other]];
  });
}

const planned = ({ after, afterUnknown }: ResourcePlan): unknown => merge(after, afterUnknown);

/** Lays what is unknown over what is known. */
function merge(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(unknown)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return Array.from({ length: Math.max(items.length, unknown.length) }, (_, i) => merge(items[i], unknown[i]));
  }
  if (!isRecord(unknown)) return value;
  const known = isRecord(value) ? value : {};
  const names = new Set([...Object.keys(known), ...Object.keys(unknown)]);
  return Object.fromEntries([...names].map((name) => [name, merge(known[name], unknown[name])]));
}

function compare(at: string, real: unknown, sandbox: unknown): Difference[] {
  if (Array.isArray(real) && Array.isArray(sandbox) && real.length === sandbox.length)
    return real.flatMap((item, index) => compare(`${at}[${index}]`, item, sandbox[index]));
  if (isRecord(real) && isRecord(sandbox)) {
    const names = new Set([...Object.keys(real), ...Object.keys(sandbox)]);
    return [...names].sort().flatMap((name) => compare(`${at}.${name}`, real[name], sandbox[name]));
  }
  return JSON.stringify(real) === JSON.stringify(sandbox) ? [] : [{ at, real, sandbox }];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
