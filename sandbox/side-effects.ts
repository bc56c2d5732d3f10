import { equalNested, equalTypes } from "./equal.js";
import type { Change } from "./change.js";
import { attributesOf, blocksOf, type Block } from "./schema.js";
import { isList, isObject, UNKNOWN, type ObjectValue, type Value } from "./value.js";

/** Makes those attributes unknown that an update moves along with what it changes, where the configuration does not set them. */
export function spread({ block, facts, config }: Change, prior: ObjectValue, planned: ObjectValue): ObjectValue {
  const conditional = Object.entries(facts.updates_when ?? {});
  const changed = conditional.length === 0 ? [] : changedPaths(block, prior, planned);
  const moved = conditional.filter(([, causes]) =>
    "except" in causes
      ? changed.some((path) => !isAmong(causes.except, path))
      : changed.some((path) => isAmong(causes, path)),
  );
  return [...(facts.updates ?? []), ...moved.map(([path]) => path)].reduce(
    (draft, path) => forget(draft, config, path.split(".")),
    planned,
  );
}

/** Whether a path is one of the causes, or lies in a block that is. */
const isAmong = (causes: readonly string[], path: string): boolean =>
  causes.some((cause) => path === cause || path.startsWith(`${cause}[]`) || path.startsWith(`${cause}.`));

function forget(draft: ObjectValue, config: ObjectValue, [step = "", ...rest]: readonly string[]): ObjectValue {
  const name = step.replace(/\[\]$/, "");
  const configured = config[name] ?? null;
  if (rest.length === 0) return configured === null || isEmpty(configured) ? { ...draft, [name]: UNKNOWN } : draft;
  const current = draft[name];
  if (!isList(current)) return draft;
  const within = (item: Value, index: number): Value => {
    const other = isList(configured) ? configured[index] : undefined;
    return isObject(item) ? forget(item, isObject(other) ? other : {}, rest) : item;
  };
  return { ...draft, [name]: current.map(within) };
}

const isEmpty = (value: Value): boolean => isList(value) && value.length === 0;

/** The arguments at which two states differ, in the notation of the facts. */
export function changedPaths(block: Block, prior: ObjectValue, planned: ObjectValue, prefix = ""): string[] {
  const attributes = attributesOf(block)
    .filter(([name, { optional, computed }]) => name !== "tags_all" && (optional || !computed))
    .filter(([name, { type }]) => !equalTypes(type, prior[name] ?? null, planned[name] ?? null))
    .map(([name]) => prefix + name);
  const blocks = blocksOf(block).flatMap(([name, nested]) => {
    const before = prior[name] ?? null;
    const after = planned[name] ?? null;
    if (name === "timeouts" || equalNested(nested, before, after)) return [];
    const inside = prefix + name;
    if (!isList(before) || !isList(after) || nested.nesting_mode === "set" || before.length !== after.length)
      return [`${inside}[]`];
    return after.flatMap((item, index) => {
      const other = before[index];
      return isObject(item) && isObject(other)
        ? changedPaths(nested.block, other, item, `${inside}[].`)
        : [`${inside}[]`];
    });
  });
  return [...attributes, ...blocks];
}
