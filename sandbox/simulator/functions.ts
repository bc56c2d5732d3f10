import { createHash } from "node:crypto";
import { isList, isObject, isUnknown, type Value } from "../value.js";

/** Terraform's functions, as far as programs of ours call them; undefined where the arguments do not fit. */
type Call = (...args: Value[]) => Value | undefined;

const onText =
  (make: (text: string, ...more: string[]) => Value): Call =>
  (...args) => {
    const texts = args.map(asText);
    const [first, ...rest] = texts.filter((text) => text !== undefined);
    return first === undefined || rest.length + 1 < args.length ? undefined : make(first, ...rest);
  };

export const FUNCTIONS: Readonly<Record<string, Call>> = {
  sha256: onText((text) => createHash("sha256").update(text).digest("hex")),
  base64encode: onText((text) => Buffer.from(text).toString("base64")),
  base64decode: onText((text) => Buffer.from(text, "base64").toString("utf8")),
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  split: onText((separator, text = "") => text.split(separator)),
  replace: (text, what, by) => {
    const [whole, part, other] = [text, what, by].map(asText);
    if (whole === undefined || part === undefined || other === undefined || /^\/.*\/$/s.test(part)) return undefined;
    return whole.replaceAll(part, () => other);
  },
  join: (separator, list) => {
    const texts = isList(list) ? list.map(asText) : [];
    const between = asText(separator);
    return between === undefined || !isList(list) || texts.includes(undefined) ? undefined : texts.join(between);
  },
  jsonencode: (value) => goJson(value ?? null),
  tostring: (value) => asText(value),
  tolist: (value) => (isList(value) ? value : undefined),
  toset: (value) => (isList(value) ? value : undefined),
  concat: (...lists) => (lists.every(isList) ? lists.filter(isList).flat() : undefined),
  element: (list, index) =>
    isList(list) && typeof index === "number" && list.length > 0 ? list[index % list.length] : undefined,
  length: (value) =>
    isList(value) || typeof value === "string" ? value.length : isObject(value) ? Object.keys(value).length : undefined,
};

/** A value as Terraform puts it into a text; undefined for lists, objects and null. */
export function asText(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** JSON as Go writes it: keys in order, and what HTML minds escaped. */
function goJson(value: Value): string {
  const sorted = (item: Value): Value => {
    if (isList(item)) return item.map(sorted);
    if (!isObject(item) || isUnknown(item)) return item;
    return Object.fromEntries(
      Object.keys(item)
        .sort()
        .map((key) => [key, sorted(item[key] ?? null)]),
    );
  };
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
