import type { Rule } from "../rule.js";
import { plural } from "../text.js";

export const undecided: Rule = {
  code: "LF105",
  severity: "warning",
  title: "the planner can decide whether services fit",
  why: `Whether tasks fit on VMs is a packing problem, and some of them take longer than anyone wants to wait. The planner stops
its search after a fixed number of steps. It has found no placement then, and no proof that there is none.`,
  fix: "give the fleet some room: the answer is quick where it is not a matter of the last few MiB",
  *check({ capacity }) {
    for (const { part, outcome } of capacity.at("desired").parts)
      if (outcome.kind === "unproven") {
        const pending = [...outcome.best.pending.values()].reduce((sum, count) => sum + count, 0);
        yield {
          at: { on: part.vms[0]?.fleet ?? null },
          message: `it could not be decided whether its services fit: the best placement leaves ${plural(pending, "task")} without a VM`,
        };
      }
  },
};
