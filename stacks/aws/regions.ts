import { distance } from "fastest-levenshtein";
import { byText } from "../../model/order.js";
import { REGIONS } from "../../providers/aws/regions.js";

/** All regions that we know, in order. */
export function regionNames(): string[] {
  return Object.keys(REGIONS);
}

/** Full names of a region's zones, as in `eu-west-1a`, in order; undefined where the region is unknown. */
export function zonesOf(region: string): string[] | undefined {
  if (!Object.hasOwn(REGIONS, region)) return undefined;
  return Array.from(REGIONS[region]?.letters ?? "", (letter) => region + letter);
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
