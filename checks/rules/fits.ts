import { describeChanges, smallestChanges } from "../placement/change.js";
import { describeShortage } from "../placement/describe.js";
import { solve } from "../placement/solve.js";
import type { Rule } from "../rule.js";

export const fits: Rule = {
  code: "LF101",
  severity: "error",
  title: "services fit on their fleets",
  why: `Swarm keeps a task pending for as long as no VM has room for what it reserves, and says so only in its task list. The
planner places every task as Swarm would, on what VMs have left after kernel, Docker and (on managers) Swarm itself, at the
size that the fleets start with. Where that fails, it proves that there is no placement at all: which resource runs out, and by
how much.`,
  fix: "give the fleet more or larger VMs, or let services reserve less",
  *check({ capacity, fleets }) {
    const sizeOf = (fleet: { size: { desired: number } }): number => fleet.size.desired;
    for (const { part, outcome } of capacity.at("desired").parts) {
      if (outcome.kind !== "misfit") continue;
      const own = capacity.fleetsOf(part);
      for (const shortage of outcome.shortages) {
        if (shortage.resource === "host port") continue;
        const single = shortage.per === "VM" && shortage.services.length === 1;
        const changes = smallestChanges(own, shortage.fleets, sizeOf, (vms) => solve({ ...part, vms }).kind === "fits");
        yield {
          at: { on: (single ? shortage.services[0] : shortage.fleets[0]) ?? null },
          message: describeShortage(shortage, fleets, sizeOf),
          hint: describeChanges(changes),
        };
      }
    }
  },
};
