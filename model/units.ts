/** Memory as Docker and Photon count it: powers of two, whole MiB. `"128MiB"`, `"1.5GiB"`. */
export type Memory = `${number}MiB` | `${number}GiB`;

/** A span of time: `"500ms"`, `"30s"`, `"5m"`, `"2h"`. */
export type Duration = `${number}ms` | `${number}s` | `${number}m` | `${number}h`;

/** An IPv4 range in CIDR notation: `"10.20.0.0/16"`. */
export type Cidr = `${number}.${number}.${number}.${number}/${number}`;

const MEMORY = /^(\d+(?:\.\d+)?)(MiB|GiB)$/;
const DURATION = /^(\d+(?:\.\d{1,3})?)(ms|s|m|h)$/;
const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** What each unit may look like, for error texts. */
export const UNIT_EXAMPLES = {
  memory: `whole MiB, as in "128MiB" or "1.5GiB"`,
  duration: `whole milliseconds, as in "500ms", "30s", "5m" or "2h"`,
  cidr: `an IPv4 network, as in "10.20.0.0/16"`,
} as const;

/** Memory in MiB, or undefined where the text is no positive whole number of them. */
export function tryParseMemory(text: string): number | undefined {
  const [, amount, unit] = MEMORY.exec(text) ?? [];
  const mib = Number(amount) * (unit === "GiB" ? 1024 : 1);
  return Number.isSafeInteger(mib) && mib > 0 ? mib : undefined;
}

/** A duration in milliseconds, or undefined where the text is no whole number of them. */
export function tryParseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  const factor = MILLISECONDS[unit ?? ""];
  if (factor === undefined) return undefined;
  const span = (Math.round(Number(amount) * 1000) * factor) / 1000;
  return Number.isSafeInteger(span) ? span : undefined;
}

/** A parsed IPv4 network: `base` is the first address as an unsigned 32-bit number. */
export interface Network {
  readonly base: number;
  readonly prefix: number;
}

/** The network, or undefined where the text is none, has bits set behind its prefix, or numbers with zeros before them. */
export function tryParseCidr(text: string): Network | undefined {
  const match = CIDR.exec(text);
  if (match === null) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const base = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const exact = base % 2 ** (32 - prefix) === 0 && formatCidr({ base, prefix }) === text;
  return exact ? { base, prefix } : undefined;
}

/** A network in CIDR notation. */
export function formatCidr({ base, prefix }: Network): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}
