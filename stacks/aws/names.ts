import { spread } from "../../model/hash.js";

/**
 * A name of at most `max` characters from its parts: joined by `-`, and cut with a hash of the whole where it is too long,
 * so that two long names stay two.
 */
export function boundedName(parts: readonly string[], max: number): string {
  const name = parts.join("-");
  if (name.length <= max) return name;
  const hash = spread(name).toString(36).padStart(7, "0");
  return `${name.slice(0, max - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/** A name that does not begin with what AWS keeps for itself. */
export const unreserved = (name: string, reserved: string): string => (name.startsWith(reserved) ? `x-${name}` : name);

/** The partition of AWS that a region belongs to, as ARNs name it. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The letter of a zone, as Terraform names use it: `a` for `eu-west-1a`. */
export const letterOf = (zone: string): string => zone.slice(-1);

/** Where the release bundle lies in the bucket. */
export const RELEASE_KEY = "release.json";
