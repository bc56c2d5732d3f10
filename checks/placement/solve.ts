import { orders } from "./orders.js";
import type { Part, Placement } from "./vm-capacity.js";
import { schedule, type Schedule } from "./schedule.js";
import { search } from "./search.js";
import { findShortages, type Shortage } from "./shortage.js";
import { holdsInAnyOrder } from "./sufficient-capacity.js";

/** Whether a part's tasks fit on its VMs. */
export type Outcome =
  | {
      readonly kind: "fits";
      readonly placement: Placement;
      /**
       * Whether Swarm finds it in any order (`proven`), in each of the orders that were tried (`tried`), or only by luck
       * (`lucky`): the scheduler never looks ahead and never moves a task.
       */
      readonly order: "proven" | "tried" | "lucky";
    }
  | {
      /** There is no placement. */
      readonly kind: "misfit";
      /** Proofs of that, one or more. */
      readonly shortages: readonly Shortage[];
      /** The most that Swarm would run, and what would stay pending. */
      readonly best: Schedule;
    }
  /** Neither found nor excluded within the search's limit. */
  | { readonly kind: "unproven"; readonly best: Schedule };

/** Decides whether a part's tasks fit, by the scheduler's own way first, by proofs next, and by search last. */
export function solve(part: Part): Outcome {
  const tries: Schedule[] = [];
  const steady = holdsInAnyOrder(part);
  for (const order of orders(part)) {
    const result = schedule(part.vms, order.demands, order.salt);
    if (steady) return { kind: "fits", placement: result.placement, order: "proven" };
    tries.push(result);
    if (tries.length === 1 && result.pending.size > 0) {
      const shortages = findShortages(part);
      if (shortages.length > 0) return { kind: "misfit", shortages, best: result };
    }
  }
  const placed = tries.find(({ pending }) => pending.size === 0);
  if (placed !== undefined) {
    const always = tries.every(({ pending }) => pending.size === 0);
    return { kind: "fits", placement: placed.placement, order: always ? "tried" : "lucky" };
  }
  const found = search(part);
  const best = tries.reduce((a, b) => (pendingTasks(b) < pendingTasks(a) ? b : a));
  if (found.kind === "placement") return { kind: "fits", placement: found.placement, order: "lucky" };
  if (found.kind === "unproven") return { kind: "unproven", best };
  return { kind: "misfit", shortages: [packing(part, best)], best };
}

const pendingTasks = ({ pending }: Schedule): number => [...pending.values()].reduce((sum, n) => sum + n, 0);

/** The search tried all ways: what is left over in the best of them has no VM that can take it whole. */
function packing({ vms, demands }: Part, best: Schedule): Shortage {
  const services = [...best.pending.keys()];
  const left = demands.filter(({ service }) => services.includes(service));
  const fleets = [...new Set(left.flatMap((demand) => demand.fleets))];
  const need = left.reduce((sum, { count }) => sum + (count === "everywhere" ? vms.length : count), 0);
  return { resource: "packing", services, fleets, need, have: need - pendingTasks(best), per: "fleet" };
}
