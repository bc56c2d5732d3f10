import { digest, ec2Id, pick } from "../ids.js";
import { isUnknown, text, UNKNOWN, type Value } from "../../value.js";
import type { Scene } from "./resource-handler.js";
import { isRecord } from "../../../lib/records.js";

export const idOf = ({ draft }: Scene): string => text(draft["id"]) ?? "";

export const accountId = ({ account }: Scene): string => account.id;

export const regionOf = ({ account }: Scene): string => account.region;

/** A constant as a computed value. */
export const always =
  <V extends Value>(value: V) =>
  (): V =>
    value;

/** The value of another attribute. */
export const same =
  (attribute: string) =>
  ({ draft }: Scene): Value =>
    draft[attribute] ?? null;

/** `arn:aws:ec2:eu-west-1:000000000000:subnet/subnet-…` */
export const ec2Arn =
  (kind: string) =>
  (scene: Scene): string =>
    scene.account.arn("ec2", `${kind}/${idOf(scene)}`);

/** An id of its own kind that comes along with the object: of a network interface, say. */
export const companion =
  (prefix: string) =>
  ({ seed }: Scene): string =>
    ec2Id(prefix, [...seed, prefix]);

/** An id as EC2 gives them. */
export const newId =
  (prefix: string) =>
  ({ seed }: Scene): string =>
    ec2Id(prefix, seed);

/** The configured name, or one that begins with the configured prefix. */
export function nameOf({ draft, seed }: Scene, attribute = "name", fallback = "terraform-"): string {
  const name = draft[attribute];
  if (typeof name === "string" && name !== "") return name;
  const prefix = draft[`${attribute}_prefix`];
  const start = isUnknown(prefix) ? fallback : (text(prefix) ?? fallback);
  return `${start}${BigInt(`0x${digest([...seed, "name"], 24)}`)
    .toString()
    .padStart(26, "0")
    .slice(-26)}`;
}

/** For types with `name` and `name_prefix`, of which the provider computes what is not set. */
export const named = { name: (scene: Scene): string => nameOf(scene), name_prefix: always("") };

/** A UUID that follows from the object. */
export function uuid({ seed }: Scene): string {
  const hex = digest([...seed, "uuid"], 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}

/** When it was made, to the second. */
export const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** An address of the range for benchmarks (198.18.0.0/15): nobody's in the real world. */
export function publicAddress(seed: readonly unknown[]): string {
  const host = pick([...seed, "public"], 2 ** 17 - 2) + 1;
  return [198, 18 + (host >> 16), (host >> 8) & 255, host & 255].join(".");
}

/** JSON with its keys in order, as the provider writes most policies. What is no JSON stays as it is. */
export const standardJson = (value: Value | undefined): Value => rewritten(value, (parsed) => parsed);

/** The same with `Version` first, as the provider writes some policies. */
export const policyJson = (value: Value | undefined): Value =>
  rewritten(value, ({ Version, ...rest }) => (Version === undefined ? rest : { Version, ...rest }));

/**
 * What Terraform knows already of an unknown text, such as how it begins, may not hold once its keys are in order: nothing is
 * promised of it.
 */
function rewritten(value: Value | undefined, arrange: (parsed: Record<string, unknown>) => unknown): Value {
  if (isUnknown(value)) return UNKNOWN;
  if (typeof value !== "string") return value ?? null;
  try {
    const parsed = sorted(JSON.parse(value));
    return JSON.stringify(isRecord(parsed) ? arrange(parsed) : parsed);
  } catch {
    return value;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
