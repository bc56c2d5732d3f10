import { isIP } from "node:net";

/** A range of addresses, as in `10.0.0.0/8`: the bits of its first address, and how many of them are fixed. */
interface Range {
  readonly size: 32 | 128;
  readonly bits: bigint;
  readonly prefix: number;
}

/** Undefined where a text is no range. */
export function readRange(text: unknown): Range | undefined {
  const [, address = "", digits = ""] = (typeof text === "string" && /^([\da-f.:]+)\/(\d+)$/i.exec(text)) || [];
  const version = isIP(address);
  const [size, prefix] = [version === 4 ? (32 as const) : (128 as const), Number(digits)];
  if (version === 0 || prefix > size) return undefined;
  return {
    size,
    prefix,
    bits: version === 4 ? joined(address.split("."), 10, 8n) : joined(groupsOf(address), 16, 16n),
  };
}

/** Whether all of a range is in another one. */
export function isWithin(one: Range, other: Range): boolean {
  const free = BigInt(other.size - other.prefix);
  return one.size === other.size && one.prefix >= other.prefix && one.bits >> free === other.bits >> free;
}

const joined = (parts: readonly string[], radix: number, width: bigint): bigint =>
  parts.reduce((bits, part) => (bits << width) | BigInt(parseInt(part, radix)), 0n);

/** The eight groups of an IPv6 address, with those that `::` leaves out; its end may be written as IPv4. */
function groupsOf(address: string): string[] {
  const plain = address.replace(/[^:]*\.[^:]*$/, (four) => {
    const bits = joined(four.split("."), 10, 8n);
    return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
  });
  const [head, tail] = plain.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  if (tail === undefined) return head ?? [];
  return [...(head ?? []), ...Array<string>(8 - (head ?? []).length - tail.length).fill("0"), ...tail];
}
