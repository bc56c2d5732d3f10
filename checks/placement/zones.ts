import type { PlannedPart } from "./capacity.js";
import { placementOf } from "./headroom.js";

/** What all tasks of a service stand or fall with, by the plan. */
export interface CommonFate {
  /** The one VM that all of them are on; undefined where they are on several, or there is none. */
  readonly vm: string | undefined;
  /** The one zone that all of them are in. */
  readonly zone: string | undefined;
}

/** Whether a service's tasks are all on one VM, or all in one zone. */
export function commonFate(planned: PlannedPart, service: string): CommonFate {
  const on = placementOf(planned).get(service) ?? [];
  const { vms } = planned.part;
  const one = on[0] === undefined ? undefined : vms[on[0]];
  const sameVm = on.every((vm) => vm === on[0]);
  const sameZone = sameVm || on.every((vm) => vms[vm]!.zone === one?.zone);
  return { vm: sameVm ? one?.id : undefined, zone: sameZone ? one?.zone : undefined };
}
