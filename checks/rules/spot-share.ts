import { adviseMoreVms } from "../data.js";
import { standingOf, strandedTasks } from "../placement/failure.js";
import type { Rule } from "../rule.js";
import { plural } from "../text.js";
import { describeStranded } from "./survives-vm.js";

const FIX = "lower 'spot', give the fleet more VMs, or let services run on a second fleet without spot VMs";

export const spotShare: Rule = {
  code: "LF206",
  severity: "warning",
  inProduction: "error",
  title: "services still fit when the spot VMs are taken back",
  why: `Spot VMs are taken back with two minutes' notice, and when prices move, many at a time: all VMs of one type and zone can
go at once. What must run then has to fit on the VMs that are bought on demand.`,
  fix: FIX,
  *check(context) {
    const { capacity } = context;
    for (const planned of capacity.at("desired").parts) {
      const after = standingOf(planned)?.loseAll(({ spot }) => spot);
      if (after === undefined || strandedTasks(after) === 0) continue;
      yield {
        at: { on: after.lost[0]?.fleet ?? null },
        message: `losing the spot share (${plural(after.lost.length, "VM")}) leaves ${describeStranded(after)} with no VM`,
        hint: adviseMoreVms([...after.stranded.keys()], context, () => FIX),
      };
    }
  },
};
