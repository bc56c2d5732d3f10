import type { FleetModel } from "./schema.js";

type Sized = Pick<FleetModel, "size" | "keepDesired">;

/**
 * Whether a deploy sets the number of VMs: of a fixed size it does, and of a range where the program asks for that. Else the number is
 * what a scaling policy or a hand made it, within the range.
 */
export const setsDesired = ({ size, keepDesired }: Sized): boolean => keepDesired || size.min === size.max;

/**
 * How many VMs a fleet has once it is deployed, where its group wants `present` before: bounds that move past that number move it
 * along (EC2 Auto Scaling, API_UpdateAutoScalingGroup). Undefined where that is not known, and a deploy does not set it.
 */
export function desiredOf(fleet: Sized, present: number | undefined): number | undefined {
  if (setsDesired(fleet)) return fleet.size.desired;
  return present === undefined ? undefined : Math.min(Math.max(present, fleet.size.min), fleet.size.max);
}
