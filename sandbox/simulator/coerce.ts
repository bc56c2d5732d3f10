import { attributesOf, blocksOf, conform, type Block, type Type } from "../schema.js";
import { isList, isObject, isUnknown, type ObjectValue, type Value } from "../value.js";
import { asText } from "./functions.js";

/** Evaluated configuration in the shape of its schema: single blocks are lists, and values are converted as Terraform does. */
export function shapeConfig(block: Block, config: ObjectValue): ObjectValue {
  return conform(block, shapeBlock(block, config));
}

function shapeBlock(block: Block, config: ObjectValue): ObjectValue {
  const shaped: Record<string, Value> = {};
  for (const [name, { type }] of attributesOf(block)) shaped[name] = convert(type, config[name] ?? null);
  for (const [name, { block: inner, nesting_mode }] of blocksOf(block)) {
    const value = config[name] ?? null;
    if (value === null || isUnknown(value)) shaped[name] = value;
    else if (nesting_mode === "single") {
      const one = isList(value) ? value[0] : value;
      shaped[name] = isObject(one) ? shapeBlock(inner, one) : null;
    } else
      shaped[name] = (isList(value) ? value : [value]).map((item) => (isObject(item) ? shapeBlock(inner, item) : item));
  }
  return shaped;
}

function convert(type: Type, value: Value): Value {
  if (value === null || isUnknown(value)) return value;
  if (type === "string") return asText(value) ?? value;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : value;
  if (type === "number") return value;
  if (type[0] === "object") return isObject(value) ? convertMembers(type[1], value) : value;
  const inner = type[1];
  if (type[0] === "map")
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(inner, item)]))
      : value;
  const list = isList(value) ? value : isObject(value) ? [value] : value;
  if (!isList(list)) return list;
  const items = list.map((item) => convert(inner, item));
  return type[0] === "set" ? distinct(items) : items;
}

function convertMembers(members: { readonly [name: string]: Type }, value: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(members).map(([name, type]) => [name, convert(type, value[name] ?? null)]));
}

/** A set holds each value once; known texts come in order. */
function distinct(items: readonly Value[]): Value[] {
  const seen = new Map(items.map((item) => [isUnknown(item) ? Symbol() : JSON.stringify(item), item]));
  const values = [...seen.values()];
  return values.every((item) => typeof item === "string") ? values.sort() : values;
}
