import { attributesOf, blocksOf, type Block } from "../schema.js";
import { isList, isObject, isUnknown, type ObjectValue, type Value } from "../value.js";

/** A value as a plan's JSON shows it: what is known, what is not, and what is sensitive, each as a tree of its own. */
export interface Revealed {
  readonly value: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** @param secret arguments that are sensitive whatever the schema says */
export function reveal(block: Block, value: ObjectValue | null, secret: readonly string[] = []): Revealed {
  if (value === null) return { value: null, unknown: {}, sensitive: false };
  return { ...revealWritten(value, secret), sensitive: { ...sensitiveOf(block, value), ...marksOf(secret) } };
}

/** The same for what there is no schema of. */
export const revealWritten = (value: ObjectValue, secret: readonly string[]): Revealed => ({
  value: withoutUnknown(value),
  unknown: unknownOf(value) ?? {},
  sensitive: marksOf(secret),
});

const marksOf = (names: readonly string[]): Record<string, true> =>
  Object.fromEntries(names.map((name) => [name, true] as const));

function withoutUnknown(value: Value): unknown {
  if (isUnknown(value)) return undefined;
  if (isList(value)) return value.map((item) => withoutUnknown(item) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isUnknown(item))
      .map(([key, item]) => [key, withoutUnknown(item)]),
  );
}

/** Undefined where all is known. */
function unknownOf(value: Value): unknown {
  if (isUnknown(value)) return true;
  if (isList(value)) {
    const items = value.map((item) => unknownOf(item) ?? false);
    return items.some((item) => item !== false) ? items : undefined;
  }
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const unknown = unknownOf(item);
    return unknown === undefined ? [] : [[key, unknown] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function sensitiveOf(block: Block, value: ObjectValue): Record<string, unknown> {
  const marks: Record<string, unknown> = {};
  for (const [name, { sensitive }] of attributesOf(block)) if (sensitive) marks[name] = true;
  for (const [name, { block: inner }] of blocksOf(block)) {
    const nested = value[name];
    if (isList(nested)) marks[name] = nested.map((item) => (isObject(item) ? sensitiveOf(inner, item) : {}));
    else if (isObject(nested)) marks[name] = sensitiveOf(inner, nested);
  }
  return marks;
}
