import { attributesOf, blocksOf, type Block, type NestedBlock, type Type } from "./schema.js";
import { isList, isObject, isUnknown, type ObjectValue, type Value } from "./value.js";

/**
 * Text that is the same for two values exactly if they are equal by their schema: sets have no order, keys of maps
 * neither, and no unknown value equals another.
 */
export function canonical(block: Block, value: ObjectValue): string {
  const parts: string[] = [];
  for (const [name, { type }] of attributesOf(block)) parts.push(`${name}=${canonicalType(type, value[name] ?? null)}`);
  for (const [name, nested] of blocksOf(block)) parts.push(`${name}=${canonicalNested(nested, value[name] ?? null)}`);
  return `{${parts.sort().join(",")}}`;
}

/** The same for the blocks of one kind. */
export function canonicalNested(nested: NestedBlock, value: Value): string {
  if (isObject(value)) return canonical(nested.block, value);
  if (!isList(value)) return canonicalType("string", value);
  const items = value.map((item) => (isObject(item) ? canonical(nested.block, item) : canonicalType("string", item)));
  return `[${(nested.nesting_mode === "set" ? items.sort() : items).join(",")}]`;
}

let unknowns = 0;

/** The same for one attribute. */
export function canonicalType(type: Type, value: Value): string {
  if (isUnknown(value)) return `?${unknowns++}`;
  if (isList(value)) {
    const items = value.map((item) => canonicalType(elementOf(type), item));
    return `[${(typeof type !== "string" && type[0] === "set" ? items.sort() : items).join(",")}]`;
  }
  if (isObject(value)) {
    const items = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalType(memberOf(type, key), value[key] ?? null)}`);
    return `{${items.join(",")}}`;
  }
  return JSON.stringify(value);
}

function elementOf(type: Type): Type {
  if (typeof type === "string" || type[0] === "object") return "string";
  return type[1];
}

function memberOf(type: Type, key: string): Type {
  if (typeof type === "string") return "string";
  return type[0] === "object" ? (type[1][key] ?? "string") : elementOf(type);
}

export const equalTypes = (type: Type, a: Value, b: Value): boolean =>
  a === b || canonicalType(type, a) === canonicalType(type, b);

export const equalNested = (nested: NestedBlock, a: Value, b: Value): boolean =>
  a === b || canonicalNested(nested, a) === canonicalNested(nested, b);
