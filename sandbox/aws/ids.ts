import { createHash } from "node:crypto";
import { isList, isObject, isUnknown, type Value } from "../value.js";

/**
 * Hexadecimal digits that follow from the given parts alone: what the cloud makes up is the same on every machine, and does
 * not depend on the order in which Terraform happens to create things.
 */
export function digest(parts: readonly unknown[], length: number): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, length);
}

/** A whole number below `limit` that follows from the given parts. */
export const pick = (parts: readonly unknown[], limit: number): number =>
  Number.parseInt(digest(parts, 12), 16) % limit;

/** An identifier as EC2 gives them: `vpc-0a1b2c3d4e5f60718`. */
export const ec2Id = (prefix: string, parts: readonly unknown[]): string => `${prefix}-0${digest(parts, 16)}`;

/** An identifier as IAM gives them: prefix and capital letters and digits. */
export const iamId = (prefix: string, parts: readonly unknown[]): string =>
  `${prefix}${BigInt(`0x${digest(parts, 26)}`)
    .toString(36)
    .toUpperCase()
    .padStart(17, "0")
    .slice(-17)}`;

/** What is known of a value, with keys in order: what an identifier is made from. */
export function known(value: Value): Value {
  if (isUnknown(value)) return null;
  if (isList(value)) return value.map(known);
  if (!isObject(value)) return value;
  const entries = Object.keys(value)
    .sort()
    .map((key): [string, Value] => [key, known(value[key] ?? null)])
    .filter(([, item]) => item !== null && !(isList(item) && item.length === 0));
  return Object.fromEntries(entries);
}
