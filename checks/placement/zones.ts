import type { PlannedPart } from "./capacity.js";
import { placementOf } from "./headroom.js";

/** The VMs and the zones that a service's tasks are in, by the plan. */
export interface Whereabouts {
  readonly vms: ReadonlySet<string>;
  readonly zones: ReadonlySet<string>;
}

/** Where a service's tasks are. */
export function whereabouts(planned: PlannedPart, service: string): Whereabouts {
  const vms = (placementOf(planned).get(service) ?? []).map((vm) => planned.part.vms[vm]!);
  return { vms: new Set(vms.map(({ id }) => id)), zones: new Set(vms.map(({ zone }) => zone)) };
}
