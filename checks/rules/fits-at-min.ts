import { describeShortage } from "../placement/describe.js";
import type { Rule } from "../rule.js";

export const fitsAtMin: Rule = {
  code: "LF102",
  severity: "warning",
  title: "services fit on their fleets at the least size",
  why: `An autoscaling group may be scaled in to its 'min' at any time, by a schedule, a policy or a hand. Services that fit at
the desired size and not at that one are stranded then.`,
  fix: "raise 'size.min' to what the services need",
  *check({ capacity, fleets }) {
    for (const { outcome, part } of capacity.at("min").parts) {
      if (outcome.kind !== "misfit") continue;
      const [service] = part.demands;
      const usual = capacity.at("desired").partOf.get(service?.fleets[0] ?? "");
      if (usual?.outcome.kind !== "fits") continue;
      for (const shortage of outcome.shortages)
        yield {
          at: { on: shortage.fleets[0] ?? null },
          message: `at 'size.min', ${describeShortage(shortage, fleets, (fleet) => fleet.size.min)}`,
        };
    }
  },
};
