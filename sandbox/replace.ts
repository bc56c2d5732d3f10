import { equalNested, equalTypes } from "./equal.js";
import type { Block, Facts, Path } from "./schema.js";
import { isList, isObject, type ObjectValue, type Value } from "./value.js";

/**
 * Those of the arguments that replace at which two states of an object differ, as paths into the value. Within a set, the
 * whole set is named, since its elements have no address.
 */
export function replacements(block: Block, facts: Facts, prior: ObjectValue, planned: ObjectValue): Path[] {
  const found = new Map<string, Path>();
  const add = (path: string, condition: Condition): void => {
    const steps = path.replace(/\[\]$/, "").split(".");
    for (const changed of compare({ block, condition }, steps, prior, planned, []))
      found.set(JSON.stringify(changed), changed);
  };
  for (const path of facts.replace ?? []) add(path, always);
  for (const [path, outcomes] of Object.entries(facts.conditional ?? {}))
    add(path, (before, after) => outcomes[directionOf(before, after)] === "replace");
  return [...found.values()];
}

/** Whether a change of one value into another one replaces. */
type Condition = (before: Value, after: Value) => boolean;
const always: Condition = () => true;

function directionOf(before: Value, after: Value): "set" | "unset" | "change" {
  const isNone = (value: Value): boolean => value === null || (isList(value) && value.length === 0);
  if (isNone(before)) return "set";
  return isNone(after) ? "unset" : "change";
}

interface Level {
  readonly block: Block;
  readonly condition: Condition;
}

function compare(
  { block, condition }: Level,
  steps: readonly string[],
  prior: ObjectValue | null,
  planned: ObjectValue | null,
  at: Path,
): Path[] {
  const [step = "", ...rest] = steps;
  const name = step.replace(/\[\]$/, "");
  const here = [...at, name];
  const before = prior?.[name] ?? null;
  const after = planned?.[name] ?? null;
  const attribute = block.attributes?.[name];
  if (attribute !== undefined)
    return equalTypes(attribute.type, before, after) || !condition(before, after) ? [] : [here];
  const nested = block.block_types?.[name];
  if (nested === undefined || equalNested(nested, before, after)) return [];
  if (rest.length === 0) return condition(before, after) ? [here] : [];
  const inner = { block: nested.block, condition };
  if (nested.nesting_mode === "single") return compare(inner, rest, asObject(before), asObject(after), here);
  if (!isList(before) || !isList(after)) return [here];
  if (nested.nesting_mode === "set") return setDiffers(inner, rest, before, after) ? [here] : [];
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) =>
    compare(inner, rest, asObject(before[index]), asObject(after[index]), [...here, index]),
  ).flat();
}

/** Whether a path below a set leads to something that one side has and the other has not. */
function setDiffers(level: Level, rest: readonly string[], before: readonly Value[], after: readonly Value[]): boolean {
  const lacks = (items: readonly Value[], others: readonly Value[]): boolean =>
    items.some((item) => others.every((other) => compare(level, rest, asObject(other), asObject(item), []).length > 0));
  return lacks(after, before) || (before.length > after.length && lacks(before, after));
}

const asObject = (value: Value | undefined): ObjectValue | null => (isObject(value) ? value : null);
