import { NODE_RANGES } from "./addresses.js";
import { formatCidr, tryParseCidr } from "./units.js";

/** How many addresses a network of 2^n has for tasks, services and nodes: all but its ends and the gateway. */
export const usable = (prefix: number): number => 2 ** (32 - prefix) - 3;

/** What Swarm gives a network by itself. */
export const OVERLAY = { prefix: 24, addresses: usable(24) } as const;

/**
 * What a network gets that needs more. Docker's documentation advises against more than a /24 with virtual addresses
 * (moby#30820). Tasks beyond its first 256 addresses are held to answer by test/contract/engine/addresses.test.ts, at their own
 * addresses, which `tasks.NAME` gives; 300 tasks were seen to run in one on Docker 20.10.
 */
export const LARGE_OVERLAY = { prefix: 20, addresses: usable(20) } as const;

const large = tryParseCidr(NODE_RANGES.large)!;
const SIZE = 2 ** (32 - LARGE_OVERLAY.prefix);

const pool = tryParseCidr(NODE_RANGES.overlay)!;

/**
 * What the network of published ports has in a swarm that was founded by managers that size it (node/files/ingress.py): the last
 * range of this size in the pool that Swarm gives out from, which passes over what is taken.
 */
export const INGRESS_RANGE = formatCidr({
  base: pool.base + 2 ** (32 - pool.prefix) - SIZE,
  prefix: LARGE_OVERLAY.prefix,
});

/** How many networks can be large. */
export const LARGE_OVERLAYS = 2 ** (LARGE_OVERLAY.prefix - large.prefix);

/** The range of a large network. @param place from 0 on */
export const largeRange = (place: number): string =>
  formatCidr({ base: large.base + place * SIZE, prefix: LARGE_OVERLAY.prefix });

/** Which large network's range that is, or undefined where it is none. */
export function placeOfRange(range: string): number | undefined {
  const network = tryParseCidr(range);
  if (network?.prefix !== LARGE_OVERLAY.prefix) return undefined;
  const place = (network.base - large.base) / SIZE;
  return Number.isInteger(place) && place >= 0 && place < LARGE_OVERLAYS ? place : undefined;
}
