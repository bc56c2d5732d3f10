import type { Account } from "./account.js";
import { pick } from "./ids.js";
import { text } from "../value.js";

/** The cloud keeps the first four addresses of a subnet and its last one for itself. */
const RESERVED_FIRST = 4;
const RESERVED_LAST = 1;

export interface Range {
  /** The first address, as a number. */
  readonly first: number;
  readonly size: number;
}

/** Reads `10.0.1.0/24`; undefined where it is no IPv4 range. */
export function parseRange(cidr: string): Range | undefined {
  const [, a, b, c, d, bits] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr)?.map(Number) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || bits === undefined) return undefined;
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % size === 0 ? { first, size } : undefined;
}

/** Whether one range lies in the other one. */
export const contains = (outer: Range, inner: Range): boolean =>
  inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;

export const overlaps = (a: Range, b: Range): boolean => a.first < b.first + b.size && b.first < a.first + a.size;

export const formatAddress = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/**
 * A free address in a subnet. Which one follows from `seed`, unless it is taken: then the next one that is free. An unknown or
 * full subnet gives undefined.
 */
export function freeAddress(
  account: Account,
  subnet: string,
  seed: readonly unknown[],
  taken: ReadonlySet<string>,
): string | undefined {
  const cidr = text(account.find("aws_subnet", subnet)?.attributes["cidr_block"]);
  const range = cidr === undefined ? undefined : parseRange(cidr);
  if (range === undefined) return undefined;
  const usable = range.size - RESERVED_FIRST - RESERVED_LAST;
  for (let start = usable > 0 ? pick(seed, usable) : 0, step = 0; step < usable; step++) {
    const address = formatAddress(range.first + RESERVED_FIRST + ((start + step) % usable));
    if (!taken.has(address)) return address;
  }
  return undefined;
}

/** The addresses that are in use in a region's subnets. Networks may overlap; it does no harm to leave out a few more. */
export function takenAddresses(account: Account): Set<string> {
  const taken = new Set<string>();
  for (const { attributes } of account.list("aws_nat_gateway")) taken.add(text(attributes["private_ip"]) ?? "");
  for (const { attributes } of account.list("aws_efs_mount_target")) taken.add(text(attributes["ip_address"]) ?? "");
  for (const { attributes } of account.list("aws_instance")) taken.add(text(attributes["private_ip"]) ?? "");
  for (const { fleet } of account.list("aws_autoscaling_group"))
    for (const { privateAddress } of fleet?.instances ?? []) taken.add(privateAddress);
  return taken;
}
