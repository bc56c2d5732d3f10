import { LOCK_FILE } from "../../model/lock.js";
import type { Rule } from "../rule.js";
import { names } from "../text.js";

export const offered: Rule = {
  code: "LF507",
  severity: "error",
  title: "every zone of a fleet offers its machine type",
  why: `Not every zone has every machine type. An autoscaling group goes on trying in the one that lacks it, and its VMs gather in
the others: the fleet looks spread, and is not. What zones offer is known where ${LOCK_FILE} holds it ('offerings', by region and
machine type).`,
  fix: "leave the zone out of the fleet's 'zones', or choose a machine type that all of them have",
  *check({ model, lock }) {
    const offerings = lock?.offerings?.[model.platform.region];
    if (offerings === undefined) return;
    for (const { id, machine, zones } of model.fleets) {
      const offering = offerings[machine];
      const lacking = offering === undefined ? [] : zones.filter((zone) => !offering.includes(zone));
      if (lacking.length > 0) yield { at: { on: id }, message: `${machine} is not offered in ${names(lacking)}` };
    }
  },
};
