import { spread } from "../../model/hash.js";
import type { Model } from "../../model/schema.js";
import { BALANCER_NAME } from "../../providers/aws/limits/texts.js";

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

/** Name of a fleet's launch template. */
export const templateName = (cluster: string, fleet: string): string => `${cluster}-${fleet}`;

/** Name of the load balancer of a gateway. */
export const balancerName = (cluster: string, gateway: string): string =>
  boundedName([unreserved(cluster, "internal"), gateway], BALANCER_NAME);

/**
 * Name of the target group behind a gateway's route; `port` is the one that VMs listen on. What else replaces a target group
 * goes into its name: the new one is made beside the old one, and names are taken once.
 */
export function targetGroupName(
  { cluster, platform }: Pick<Model, "cluster" | "platform">,
  gateway: string,
  service: string,
  port: number,
): string {
  const generation = spread(platform.cidr).toString(36).slice(-3);
  // Names of Elastic Load Balancing have no '_'; the port tells apart what becomes alike.
  const plain = service.replaceAll("_", "-");
  return singleHyphens(boundedName([cluster, gateway, plain, String(port), generation], BALANCER_NAME));
}

/** A name without two hyphens in a row, which target groups do not take; a hash of what it was keeps two such names two. */
function singleHyphens(name: string): string {
  if (!name.includes("--")) return name;
  return boundedName([name.replace(/-+/g, "-"), spread(name).toString(36)], BALANCER_NAME);
}

/** The partition of AWS that a region belongs to, as ARNs name it. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The letter of a zone, as Terraform names use it: `a` for `eu-west-1a`. */
export const letterOf = (zone: string): string => zone.slice(-1);

/** Where the release bundle lies in the bucket. */
export const RELEASE_KEY = "release.json";
