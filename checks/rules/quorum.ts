import { quorumOf } from "../drill/managers.js";
import { vmsOf } from "../placement/vms.js";
import type { Rule } from "../rule.js";
import { plural } from "../text.js";

export const quorum: Rule = {
  code: "LF205",
  severity: "warning",
  inProduction: "error",
  title: "the managers keep their quorum",
  why: `Swarm's managers decide by majority: of 3 one may be lost, of 5 two, of one none. Without a majority nothing is placed,
updated or healed, though what runs goes on; only a manager's disk, and a hand on it, brings the swarm back. Each manager and
each zone is taken away in turn; a zone must not matter where a fleet survives zones, or in production, and is a note elsewhere.`,
  fix: "run 3 managers, or 5, over three zones",
  *check({ model }) {
    const zonesMatter =
      model.production || model.fleets.some(({ survives, role }) => survives === "zone" && role === "worker");
    for (const fleet of model.fleets) {
      if (fleet.role !== "control") continue;
      const managers = vmsOf(fleet, fleet.size.desired);
      const majority = quorumOf(managers.length);
      if (managers.length - 1 < majority) {
        const message = `${plural(managers.length, "manager")} cannot lose any: losing ${managers[0]?.id} stops the swarm`;
        yield { at: { on: fleet.id }, message };
        continue;
      }
      const lost = fleet.zones.find((zone) => managers.filter((vm) => vm.zone !== zone).length < majority);
      // Where all stands in one zone, and nothing is to survive it, the managers are the least of it.
      if (lost === undefined || (!zonesMatter && fleet.zones.length === 1)) continue;
      const left = managers.filter(({ zone }) => zone !== lost).length;
      yield {
        at: { on: fleet.id },
        message: `losing the zone ${lost} leaves ${left} of ${managers.length} managers: fewer than a majority`,
        severity: zonesMatter ? "error" : "note",
        ...(fleet.zones.length === 2 && {
          hint: "run the cluster over three zones: one of two always holds a majority",
        }),
      };
    }
  },
};
