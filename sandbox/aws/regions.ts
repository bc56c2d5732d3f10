import { REGIONS } from "../../providers/aws/regions.js";

export interface Zone {
  /** As in `eu-west-1a`. */
  readonly name: string;
  /** As in `euw1-az1`: the same data centres in every account. */
  readonly id: string;
}

export const regions = (): string[] => Object.keys(REGIONS);

export const isRegion = (name: string): boolean => Object.hasOwn(REGIONS, name);

/** The availability zones of a region, by name. */
export function zonesOf(region: string): Zone[] {
  const { letters = "abc", prefix = region } = REGIONS[region] ?? {};
  return [...letters].map((letter, index) => ({ name: `${region}${letter}`, id: `${prefix}-az${index + 1}` }));
}

/** The zone of that name or id. */
export const findZone = (region: string, name: string): Zone | undefined =>
  zonesOf(region).find((zone) => zone.name === name || zone.id === name);
