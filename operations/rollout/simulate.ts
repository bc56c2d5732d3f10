import type { Demand } from "../../checks/placement/demand.js";
import { partsOf } from "../../checks/placement/parts.js";
import { solve } from "../../checks/placement/solve.js";
import type { Vm } from "../../checks/placement/vms.js";

/** Where the planner puts the tasks of a service; nothing of it runs. */
export interface SimulatedService {
  readonly id: string;
  readonly desired: number;
  /** Tasks that have a place. */
  readonly running: number;
  /** How many on which VM, as in `core/1`. */
  readonly places: Readonly<Record<string, number>>;
}

/**
 * The agent's part, played in the sandbox: where the tasks of a release would be on the VMs that there are, by the same planner
 * that checks whether they fit. No container is started, and none is claimed to be.
 */
export function simulateRollout(vms: readonly Vm[], demands: readonly Demand[]): SimulatedService[] {
  const places = new Map<string, Record<string, number>>();
  const desired = new Map<string, number>();
  for (const part of partsOf(vms, demands)) {
    const outcome = solve(part);
    const placement = outcome.kind === "fits" ? outcome.placement : outcome.best.placement;
    for (const [service, indices] of placement) {
      const here = places.get(service) ?? {};
      places.set(service, here);
      for (const index of indices) {
        const vm = part.vms[index]?.id ?? "?";
        here[vm] = (here[vm] ?? 0) + 1;
      }
    }
    const pending = outcome.kind === "fits" ? new Map<string, number>() : outcome.best.pending;
    for (const { service } of part.demands)
      desired.set(service, total(places.get(service)) + (pending.get(service) ?? 0));
  }
  return demands.map(({ service: id }) => ({
    id,
    desired: desired.get(id) ?? 0,
    running: total(places.get(id)),
    places: places.get(id) ?? {},
  }));
}

const total = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
