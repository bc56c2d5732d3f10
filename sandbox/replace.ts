import { equalNested, equalTypes } from "./equal.js";
import type { Block, Path } from "./schema.js";
import { isList, isObject, type ObjectValue, type Value } from "./value.js";

/**
 * Those of the given paths (in the notation of the facts) at which two states of an object differ, as paths into the
 * value. Within a set, the whole set is named, since its elements have no address.
 */
export function replacements(block: Block, paths: readonly string[], prior: ObjectValue, planned: ObjectValue): Path[] {
  const found = new Map<string, Path>();
  for (const path of paths) {
    for (const changed of compare(block, path.split("."), prior, planned, [])) found.set(JSON.stringify(changed), changed);
  }
  return [...found.values()];
}

function compare(block: Block, steps: readonly string[], prior: ObjectValue | null, planned: ObjectValue | null, at: Path): Path[] {
  const [step = "", ...rest] = steps;
  const name = step.replace(/(\[\])+$/, "");
  const here = [...at, name];
  const before = prior?.[name] ?? null;
  const after = planned?.[name] ?? null;
  const attribute = block.attributes?.[name];
  if (attribute !== undefined) return equalTypes(attribute.type, before, after) ? [] : [here];
  const nested = block.block_types?.[name];
  if (nested === undefined || equalNested(nested, before, after)) return [];
  if (rest.length === 0) return [here];
  if (nested.nesting_mode === "single") return compare(nested.block, rest, asObject(before), asObject(after), here);
  if (!isList(before) || !isList(after)) return [here];
  if (nested.nesting_mode === "set") return setDiffers(nested.block, rest, before, after) ? [here] : [];
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) =>
    compare(nested.block, rest, asObject(before[index]), asObject(after[index]), [...here, index]),
  ).flat();
}

/** Whether a path below a set leads to something that one side has and the other has not. */
function setDiffers(block: Block, rest: readonly string[], before: readonly Value[], after: readonly Value[]): boolean {
  const lacks = (items: readonly Value[], others: readonly Value[]): boolean =>
    items.some((item) => others.every((other) => compare(block, rest, asObject(item), asObject(other), []).length > 0));
  return lacks(before, after) || lacks(after, before);
}

const asObject = (value: Value | undefined): ObjectValue | null => (isObject(value) ? value : null);
