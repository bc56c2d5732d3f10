import { withoutMarks } from "./address.js";

/** Texts are shown up to this length. */
const LONGEST = 80;

/** A value of a program's, for an error: short, on one line, and whatever it is. */
export function showValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return showText(withoutMarks(value));
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    case "object":
      return showObject(value);
    default:
      return String(value);
  }
}

const showText = (text: string): string =>
  text.length <= LONGEST
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, LONGEST / 2)).slice(0, -1)}…", ${text.length} characters`;

function showObject(value: object | null): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `a list of ${value.length}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return Object.keys(value).length === 0 ? "{}" : "an object";
  const constructor: unknown = Reflect.get(prototype as object, "constructor");
  const name = typeof constructor === "function" ? constructor.name : "";
  return name === "" ? "an object" : `a ${name}`;
}

/** An entry of a map, as errors name it: `env.PORT`, `files["/etc/app.conf"]`. */
export function entryOf(prop: string, key: string): string {
  if (!/^[\w-]{1,80}$/.test(key)) return `${prop}[${showValue(key)}]`;
  return prop === "" ? key : `${prop}.${key}`;
}
