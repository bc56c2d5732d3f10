import { distance } from "fastest-levenshtein";
import { byText } from "./order.js";

/**
 * Regions, each with the letters of the zones that a new account can count on.
 *
 * From EC2's DescribeAvailabilityZones as carried by moto 5.2.4, and checked against AWS's list of regions. Two limits:
 * AWS deals letters to zones for each account anew, so `eu-west-1a` of two accounts may be two buildings; and older
 * accounts see other letters in a few regions (us-west-1, ap-northeast-1, sa-east-1, ca-central-1). A program that must
 * be exact names its zones. Local and wavelength zones are left out.
 */
const LETTERS: Readonly<Record<string, string>> = {
  "af-south-1": "abc",
  "ap-east-1": "abc",
  "ap-east-2": "abc",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ap-northeast-3": "abc",
  "ap-south-1": "abc",
  "ap-south-2": "abc",
  "ap-southeast-1": "abc",
  "ap-southeast-2": "abc",
  "ap-southeast-3": "abc",
  "ap-southeast-4": "abc",
  "ap-southeast-5": "abc",
  "ap-southeast-6": "abc",
  "ap-southeast-7": "abc",
  "ca-central-1": "abd",
  "ca-west-1": "abc",
  "cn-north-1": "ab",
  "cn-northwest-1": "abc",
  "eu-central-1": "abc",
  "eu-central-2": "abc",
  "eu-north-1": "abc",
  "eu-south-1": "abc",
  "eu-south-2": "abc",
  "eu-west-1": "abc",
  "eu-west-2": "abc",
  "eu-west-3": "abc",
  "il-central-1": "abc",
  "me-central-1": "abc",
  "me-south-1": "abc",
  "mx-central-1": "abc",
  "sa-east-1": "abc",
  "us-east-1": "abcdef",
  "us-east-2": "abc",
  "us-gov-east-1": "abc",
  "us-gov-west-1": "abc",
  "us-west-1": "ab",
  "us-west-2": "abcd",
};

/** All regions that we know, in order. */
export function regionNames(): string[] {
  return Object.keys(LETTERS);
}

/** Full names of a region's zones, as in `eu-west-1a`, in order; undefined where the region is unknown. */
export function zonesOf(region: string): string[] | undefined {
  if (!Object.hasOwn(LETTERS, region)) return undefined;
  return Array.from(LETTERS[region] ?? "", (letter) => region + letter);
}

/** Up to `n` regions that a mistyped name may have meant, the likeliest first; none where nothing is near. */
export function nearestRegions(region: string, n: number): string[] {
  const wanted = region.trim().toLowerCase();
  return regionNames()
    .map((name) => ({ name, cost: distance(wanted, name) }))
    .filter(({ cost }) => cost <= 4)
    .sort((a, b) => a.cost - b.cost || byText(a.name, b.name))
    .slice(0, n)
    .map(({ name }) => name);
}
