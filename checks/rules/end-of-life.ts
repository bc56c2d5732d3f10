import { PHOTON_END } from "../facts.js";
import type { Rule } from "../rule.js";
import { plural } from "../text.js";

/** How long before the end it is told, in days. */
const NOTICE = 365;

export const endOfLife: Rule = {
  code: "LF505",
  severity: "warning",
  title: "the release of Photon OS gets fixes",
  why: `After its end a release gets no more security fixes, and its package repositories move or go. An in-place upgrade is no
way for a fleet: its VMs are replaced by those of a newer image, a fleet at a time, which wants planning. The day of the check
counts, so that this finding comes by itself; it is told a year ahead.`,
  fix: `set os: { release: "5.0" } and pin an image of it`,
  *check({ model, today }) {
    for (const { id, os } of model.fleets) {
      const end = PHOTON_END[os.release];
      if (end === undefined) continue;
      const days = Math.round((Date.parse(end) - Date.parse(today)) / 86_400_000);
      if (days <= 0)
        yield {
          at: { on: id },
          message: `Photon OS ${os.release} has got no fixes since ${end}`,
          ...(model.production && { severity: "error" as const }),
        };
      else if (days <= NOTICE)
        yield {
          at: { on: id },
          message: `Photon OS ${os.release} gets fixes until ${end}: for ${plural(days, "more day")}`,
        };
    }
  },
};
