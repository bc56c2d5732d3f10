/**
 * A value as Terraform means it: JSON, plus values that are not known before apply. Sets are arrays here; what makes
 * them sets is the schema.
 */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ObjectValue;

export interface ObjectValue {
  readonly [key: string]: Value;
}

/** An object that is still being made. */
export type Draft = Record<string, Value>;

/** Not known before apply. Terraform may refine it (`not null`, `starts with h-`): kind and payload are echoed. */
export class Unknown {
  constructor(
    readonly kind: number,
    readonly payload: Uint8Array,
  ) {}
}

/** The plain unknown value, with no refinement. */
export const UNKNOWN = new Unknown(0, new Uint8Array(1));

export const isUnknown = (value: Value | undefined): value is Unknown => value instanceof Unknown;

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value | undefined): value is ObjectValue =>
  typeof value === "object" && value !== null && !isList(value) && !isUnknown(value);

/** Whether nothing in the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (isUnknown(value)) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}

/** The string, or undefined where it is null, unknown or something else. */
export const text = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** The number, or undefined where it is null, unknown or something else. */
export const count = (value: Value | undefined): number | undefined => (typeof value === "number" ? value : undefined);

/** The known strings of a list or set; empty where it is null or unknown. */
export const texts = (value: Value | undefined): string[] =>
  isList(value) ? value.filter((element): element is string => typeof element === "string") : [];

/** The known objects of a list or set of blocks; empty where it is null or unknown. */
export const objects = (value: Value | undefined): ObjectValue[] => (isList(value) ? value.filter(isObject) : []);

/** The one block of a list that holds at most one. */
export const single = (value: Value | undefined): ObjectValue | undefined => objects(value)[0];

/** The string members of a map of strings, as tags are; empty where it is null or unknown. */
export function textMap(value: Value | undefined): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
