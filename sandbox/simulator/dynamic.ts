import { isList, isObject, isUnknown, type ObjectValue, type Value } from "../value.js";
import { descend, evaluate, isWorkedOut, type Lookup } from "./evaluate.js";

/**
 * What a block says, with its expressions worked out, and its `dynamic` blocks as those that they make. One whose `for_each` is not
 * known stays as it is written, below `dynamic`.
 */
export function expand(config: ObjectValue, lookup: Lookup): ObjectValue {
  const { dynamic, ...rest } = config;
  const all = groupsOf(dynamic);
  if (all === undefined) return mapValues(config, (value) => inside(value, lookup));
  const worked: Record<string, Value> = mapValues(rest, (value) => inside(value, lookup));
  const left: [string, Value][] = [];
  for (const [name, group] of all) {
    const made = blocksOf(name, group, lookup);
    if (made === undefined) left.push([name, group]);
    else worked[name] = [...listed(worked[name]), ...made];
  }
  return left.length === 0 ? worked : { ...worked, dynamic: Object.fromEntries(left) };
}

/** What makes an argument, as it is written: also where a `dynamic` block does. */
export function writtenAs(config: ObjectValue, name: string): Value {
  const made = (groupsOf(config["dynamic"]) ?? []).filter(([label]) => label === name).map(([, group]) => group);
  return made.length === 0 ? (config[name] ?? null) : [config[name] ?? null, ...made];
}

/** Blocks may have `dynamic` ones at any depth. */
function inside(value: Value, lookup: Lookup): Value {
  if (isList(value)) return value.map((item) => inside(item, lookup));
  return isObject(value) ? expand(value, lookup) : evaluate(value, lookup);
}

/** `dynamic` blocks by the name of what they make; undefined where it is no such thing, as in a map that has that key. */
function groupsOf(dynamic: Value | undefined): [string, ObjectValue][] | undefined {
  if (dynamic === undefined) return undefined;
  const groups = listed(dynamic).flatMap((named) =>
    isObject(named) ? Object.entries(named).flatMap(([name, group]) => listed(group).map((one) => [name, one])) : [],
  );
  return groups.every((entry): entry is [string, ObjectValue] => isObject(entry[1]) && "content" in entry[1])
    ? groups
    : undefined;
}

/** Blocks that one `dynamic` makes; undefined where it is not known how many. */
function blocksOf(name: string, group: ObjectValue, lookup: Lookup): Value[] | undefined {
  const each = group["for_each"] ?? null;
  const items = itemsOf(evaluate(each, lookup), typeof each === "string" && /^\$\{\s*toset\(/.test(each));
  const iterator = typeof group["iterator"] === "string" ? group["iterator"].replace(/^\$\{(.*)\}$/s, "$1") : name;
  return items?.flatMap(([key, value]) => {
    const own: ObjectValue = { key, value };
    const within: Lookup = (first, steps) => (first === iterator ? descend(own, steps) : lookup(first, steps));
    return listed(group["content"]).map((content) => inside(content, within));
  });
}

/** Keys and values of a `for_each`: those of a set are their own keys. */
function itemsOf(each: Value, isSet: boolean): [Value, Value][] | undefined {
  if (isUnknown(each)) return undefined;
  if (isList(each)) return each.map((value, index) => [isSet ? value : index, value]);
  if (!isObject(each) || !isWorkedOut(each)) return undefined;
  const keys = Object.keys(each).sort();
  return keys.map((key) => [key, each[key] ?? null]);
}

const listed = (value: Value | undefined): readonly Value[] =>
  isList(value) ? value : value === undefined || value === null ? [] : [value];

const mapValues = (object: ObjectValue, change: (value: Value) => Value): Record<string, Value> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
