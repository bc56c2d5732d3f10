import { formatCidr, type Network } from "../../model/units.js";

/** Zones have a fixed place each by their letter, so that one more or less renumbers nothing. */
const PLACES = 6;
/** A private subnet takes an eighth of the VPC, a public one an eighth of an eighth. */
const BITS = 3;

/** VPCs of AWS have prefixes of 16 to 28; ours stop at 22, so that the smallest public subnet has 16 addresses. */
export const VPC_PREFIX = { min: 16, max: 22 } as const;

/** The private and the public subnet of a zone, as CIDR. */
export interface ZoneNetworks {
  readonly private: string;
  readonly public: string;
}

/** Place of a zone by the letter at its end: 0 for `eu-west-1a`; undefined beyond the places there are. */
export function placeOf(zone: string): number | undefined {
  const place = zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
  return place >= 0 && place < PLACES ? place : undefined;
}

/**
 * Divides a VPC's range: eighths 0 to 5 are the private subnets of zones a to f, eighth 6 holds their public subnets,
 * eighth 7 stays free.
 * @param vpc prefix of 16 to 22
 * @throws RangeError where a zone has no place
 */
export function zoneNetworks(vpc: Network, zone: string): ZoneNetworks {
  const place = placeOf(zone);
  if (place === undefined) throw new RangeError(`zone '${zone}' has no place in the VPC`);
  return {
    private: formatCidr(part(vpc, vpc.prefix + BITS, place)),
    public: formatCidr(part(part(vpc, vpc.prefix + BITS, PLACES), vpc.prefix + 2 * BITS, place)),
  };
}

function part({ base }: Network, prefix: number, index: number): Network {
  return { base: base + index * 2 ** (32 - prefix), prefix };
}
