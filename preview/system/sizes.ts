import { desiredOf, setsDesired } from "../../model/fleet-size.js";
import type { FleetModel, Model } from "../../model/schema.js";

/**
 * The model with as many VMs in each fleet as there are once it is deployed over `base`: a deploy leaves the number alone that a group
 * has within its bounds. How many a group has by now nobody can tell without its account: it is taken to have what it started with.
 */
export function withSizesOf(base: Model, head: Model): Model {
  const before = new Map(base.fleets.map((fleet) => [fleet.id, fleet]));
  const fleets = head.fleets.map((fleet) => {
    const was = before.get(fleet.id);
    const { desired } = fleet.size;
    return { ...fleet, size: { ...fleet.size, desired: desiredOf(fleet, was?.size.desired) ?? desired } };
  });
  return { ...head, fleets };
}

/** What a person reads as the size of a fleet. */
export function sizeText({ size: { min, desired, max }, keepDesired }: FleetModel): string {
  if (min === max) return String(max);
  return `${min} to ${max}, ${desired} ${keepDesired ? "at each deploy" : "to start with"}`;
}

/** What bounds that move do to a group whose number of VMs only its account knows. */
export function boundsEffect(was: FleetModel, now: FleetModel): string[] {
  if (setsDesired(now) || setsDesired(was)) return [];
  return [
    ...(now.size.min > was.size.min ? [`VMs start until there are ${now.size.min}`] : []),
    ...(now.size.max < was.size.max ? [`VMs end until there are ${now.size.max}, where there are more`] : []),
  ];
}
