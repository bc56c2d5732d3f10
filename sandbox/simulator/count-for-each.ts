import { isList, isObject, type ObjectValue, type Value } from "../value.js";
import { evaluate, isWorkedOut } from "./evaluate.js";

/** One of several: its key in `count` or `for_each`, and the value there. */
export interface Instance {
  readonly key: string | number;
  readonly value: Value;
}

/** What there are several of. */
export interface Repeated {
  /** Whether by `count`: as a whole it is a list then, and else an object. */
  readonly list: boolean;
  readonly addresses: ReadonlyMap<string | number, string>;
}

/** More of one resource are not played through: a mistake, most likely. */
const MOST = 1_000;

/** All that `count` or `for_each` of a block makes; undefined where that hangs on something else, or is none that the engine takes. */
export function instancesOf({ count, for_each: each }: ObjectValue): Instance[] | undefined {
  if (count !== undefined && each !== undefined) return undefined;
  const value = literal(count ?? each ?? null);
  if (count !== undefined) {
    const many = typeof value === "string" && value !== "" ? Number(value) : value;
    if (typeof many !== "number" || !Number.isInteger(many) || many < 0 || many > MOST) return undefined;
    return Array.from({ length: many }, (_, key) => ({ key, value: key }));
  }
  // A list is refused by the engine, but for one that a function made a set of.
  if (isList(value) && typeof each === "string") {
    const keys = value.filter((item) => typeof item === "string");
    return keys.length === value.length && keys.length <= MOST
      ? [...new Set(keys)].sort().map((key) => ({ key, value: key }))
      : undefined;
  }
  if (!isObject(value) || isList(value)) return undefined;
  const keys = Object.keys(value).sort();
  return keys.length <= MOST ? keys.map((key) => ({ key, value: value[key] ?? null })) : undefined;
}

/** A value with nothing in it that hangs on something else; undefined where it does. */
function literal(value: Value): Value | undefined {
  let refers = false;
  const worked = evaluate(value, () => {
    refers = true;
    return null;
  });
  return refers || !isWorkedOut(worked) ? undefined : worked;
}
