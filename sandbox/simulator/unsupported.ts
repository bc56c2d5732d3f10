import { attributesOf, blocksOf, type Block, type Type } from "../schema.js";
import { isList, isObject, type ObjectValue, type Value } from "../value.js";

/** Whether a configuration has a name, at any depth, that its schema does not have. */
export function hasUnsupported(block: Block, config: ObjectValue): boolean {
  const attributes = new Map(attributesOf(block));
  const blocks = new Map(blocksOf(block));
  return Object.entries(config).some(([name, value]) => {
    if (name === "//") return false;
    const nested = blocks.get(name)?.block;
    if (nested !== undefined) return listed(value).some((item) => isObject(item) && hasUnsupported(nested, item));
    const type = attributes.get(name)?.type;
    return type === undefined || hasUnsupportedMember(type, value);
  });
}

/** Rules of a security group are written as blocks, although they are objects to the schema. */
function hasUnsupportedMember(type: Type, value: Value): boolean {
  if (typeof type === "string" || type[0] === "map") return false;
  if (type[0] !== "object") return listed(value).some((item) => hasUnsupportedMember(type[1], item));
  return isObject(value) && Object.keys(value).some((name) => name !== "//" && !(name in type[1]));
}

const listed = (value: Value): readonly Value[] => (isList(value) ? value : [value]);
