import { BlockList, isIP } from "node:net";

/** A range of addresses, as in `10.0.0.0/8`. */
interface Range {
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  readonly prefix: number;
}

/** Undefined where a text is no range. */
export function readRange(text: unknown): Range | undefined {
  const [, address = "", digits = ""] = (typeof text === "string" && /^([^/]+)\/(\d+)$/.exec(text)) || [];
  const version = isIP(address);
  const prefix = Number(digits);
  if (version === 0 || prefix > (version === 4 ? 32 : 128)) return undefined;
  return { family: version === 4 ? "ipv4" : "ipv6", address, prefix };
}

/** Whether all of a range is in another one. */
export function isWithin(one: Range, { family, address, prefix }: Range): boolean {
  if (one.family !== family || one.prefix < prefix) return false;
  const other = new BlockList();
  other.addSubnet(address, prefix, family);
  return other.check(one.address, family);
}
