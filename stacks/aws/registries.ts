import type { Model, Value } from "../../model/schema.js";
import { partitionOf } from "./names.js";

/**
 * Hosts of private registries of Amazon ECR, whole (AWS General Reference, "Amazon ECR endpoints and quotas"): for IPv4 alone
 * and for both, with FIPS and without, and those of China. `node/files/ecr.py` has the same.
 */
const REGION = "([a-z]{2}(?:-[a-z]+)+-[0-9]+)";
const HOSTS = [
  RegExp(String.raw`^[0-9]{12}\.dkr\.ecr(?:-fips)?\.${REGION}\.amazonaws\.com(\.cn)?$`),
  RegExp(String.raw`^[0-9]{12}\.dkr-ecr(?:-fips)?\.${REGION}\.on\.(?:aws|amazonwebservices\.com(\.cn))$`),
];

/** The region of a registry of ECR; undefined where a host is none. */
export function ecrRegion(host: string): string | undefined {
  for (const form of HOSTS) {
    const [whole, region, china] = form.exec(host) ?? [];
    if (whole !== undefined && region !== undefined && region.startsWith("cn-") === (china !== undefined))
      return region;
  }
  return undefined;
}

/**
 * The regions that a cluster pulls images of ECR from: its own first, then those of its services' images, where a role of its
 * own can read them. An image that is known after the apply alone counts as one of its own region.
 */
export function ecrRegions(model: Model): string[] {
  const own = model.platform.region;
  const others = model.services
    .map(({ image }) => imageRegion(image))
    .filter((region) => region !== undefined)
    .filter((region) => region !== own && partitionOf(region) === partitionOf(own));
  return [own, ...[...new Set(others)].sort()];
}

/** The region of a service's image that lies in ECR; undefined where it does not, or only Terraform knows. */
export const imageRegion = (image: Value): string | undefined => ecrRegion(hostOf(image));

/** Whether a cluster pulls images of ECR, or may: what an image is that is known after the apply alone, nobody can tell before. */
export const pullsFromEcr = ({ services }: Model): boolean =>
  services.some(({ image }) => typeof image !== "string" || ecrRegion(hostOf(image)) !== undefined);

const hostOf = (image: Value): string => (typeof image === "string" ? (/^([^/]*)\//.exec(image)?.[1] ?? "") : "");
