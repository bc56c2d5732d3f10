import type { Rule } from "../rule.js";

export const anyOrder: Rule = {
  code: "LF104",
  severity: "warning",
  title: "services fit in whatever order Swarm places them",
  why: `Swarm places services one after the other in an order that nobody controls, spreads each as widely as it can, and never
moves a task to make room for another. Where a placement exists but some orders do not find it, a task may stay pending for good
after a deploy or after a VM was lost.`,
  fix: "give the fleet some room, or make the largest reservations smaller",
  *check({ capacity }) {
    for (const { part, outcome } of capacity.at("desired").parts)
      if (outcome.kind === "fits" && outcome.order === "lucky")
        yield {
          at: { on: part.vms[0]?.fleet ?? null },
          message: "its services fit, but only if Swarm happens to place them in a good order",
        };
  },
};
