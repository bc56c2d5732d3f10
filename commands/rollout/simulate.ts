import { CapacityPlan } from "../../checks/placement/capacity.js";
import type { Model } from "../../model/schema.js";

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
 * The agent's part, played in the sandbox: where the tasks of a release would be, by the same planner that checks whether they
 * fit. No container is started, and none is claimed to be.
 */
export function simulateRollout(model: Model): SimulatedService[] {
  const { parts } = new CapacityPlan(model).at("desired");
  const places = new Map<string, Record<string, number>>();
  const desired = new Map<string, number>();
  for (const { part, outcome, demands } of parts) {
    const placement = outcome.kind === "fits" ? outcome.placement : outcome.best.placement;
    for (const [service, vms] of placement) {
      const here = places.get(service) ?? {};
      places.set(service, here);
      for (const index of vms) {
        const vm = part.vms[index]?.id ?? "?";
        here[vm] = (here[vm] ?? 0) + 1;
      }
    }
    const pending = outcome.kind === "fits" ? new Map<string, number>() : outcome.best.pending;
    for (const id of demands.keys()) desired.set(id, total(places.get(id)) + (pending.get(id) ?? 0));
  }
  return model.services.map(({ id }) => ({
    id,
    desired: desired.get(id) ?? 0,
    running: total(places.get(id)),
    places: places.get(id) ?? {},
  }));
}

const total = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
