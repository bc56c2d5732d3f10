import { LEAVING_SECONDS, MANAGERS_HEAR_SECONDS } from "../../model/leaving.js";
import type { Rule } from "../rule.js";
import { amount } from "../text.js";

const ON_DEMAND = LEAVING_SECONDS.terminating - MANAGERS_HEAR_SECONDS;
const SPOT = LEAVING_SECONDS.spot - MANAGERS_HEAR_SECONDS;

export const stopGrace: Rule = {
  code: "LF216",
  severity: "warning",
  title: "a VM that goes waits for its tasks as long as they may take to stop",
  why: `A VM that is replaced, scaled in or taken back from the spot market is drained: its tasks are told to end, and have their
'stopGrace' for it. But the VM itself does not wait for ever: its group ends it after 15 minutes, EC2 takes a spot VM back two
minutes after its notice. Of that, ${ON_DEMAND} seconds are left for a task, and ${SPOT} on a spot VM; then it is killed in the middle
of what it does. In an update, where no VM goes, 'stopGrace' is kept as it is.`,
  fix: `lower 'stopGrace' to ${ON_DEMAND}s (${SPOT}s on spot VMs), or let another task take up the work that was cut off`,
  *check(context) {
    for (const service of context.model.services) {
      const fleets = context.fleetsOf(service);
      const spot = fleets.find((fleet) => fleet.spot > 0);
      const fleet = spot ?? fleets[0];
      const most = spot === undefined ? ON_DEMAND : SPOT;
      if (fleet === undefined || service.stopGraceMs <= most * 1_000) continue;
      yield {
        at: {
          on: service.id,
          detail: `stopGrace ${amount(service.stopGraceMs / 1_000)} s, and ${most} s on "${fleet.id}"`,
        },
        message:
          spot === undefined
            ? "it may take longer to stop than a VM that goes waits for it"
            : "it may take longer to stop than a spot VM that is taken back waits for it",
        hint:
          spot === undefined
            ? `lower 'stopGrace' to ${ON_DEMAND}s, or let another task take up the work that was cut off`
            : `lower 'stopGrace' to ${SPOT}s, let another task take up the work, or use a fleet without spot VMs`,
      };
    }
  },
};
