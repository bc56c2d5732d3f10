import { isList, isObject, isUnknown, type Value } from "../value.js";

/** Whether two values are the same, whatever the order of keys; what is unknown equals nothing. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (isUnknown(a) || isUnknown(b)) return false;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (isObject(a) && isObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key] ?? null, b[key] ?? null));
  return (a ?? null) === (b ?? null);
}
