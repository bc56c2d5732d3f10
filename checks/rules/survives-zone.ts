import { adviseMoreVms } from "../data.js";
import { describeChanges, smallestChanges, type Change } from "../placement/change.js";
import { bearsLoss, standingOf, strandedTasks } from "../placement/failure.js";
import { solve } from "../placement/solve.js";
import type { Vm } from "../placement/vms.js";
import type { Rule } from "../rule.js";
import { describeStranded } from "./survives-vm.js";

export const survivesZone: Rule = {
  code: "LF202",
  severity: "error",
  title: `services of a fleet that survives a zone still fit when one is lost`,
  why: `A fleet with survives: "zone" promises that what runs on it goes on when a zone is lost. Each zone is taken away in turn,
with all VMs of all fleets in it, and what ran there is placed anew on what is left. Autoscaling replaces the VMs in the other
zones, but that takes minutes, and fails exactly when everybody else asks for VMs there too.`,
  fix: "spread the fleet over more zones, or give it room for the tasks of a whole zone",
  *check(context) {
    const { capacity, fleets, model } = context;
    for (const planned of capacity.at("desired").parts) {
      const promised = capacity.fleetsOf(planned.part).filter(({ survives }) => survives === "zone");
      if (promised.length === 0) continue;
      for (const zone of model.platform.zones) {
        const isLost = (vm: Vm): boolean => vm.zone === zone;
        if (bearsLoss(planned, isLost)) continue;
        const after = standingOf(planned)?.loseAll(isLost);
        if (after === undefined) break;
        const broken = promised.find(({ id }) =>
          [...after.stranded.keys()].some((service) => planned.demands.get(service)?.fleets.includes(id)),
        );
        if (broken === undefined || strandedTasks(after) === 0) continue;
        const { part } = planned;
        const holds = (vms: readonly Vm[]): boolean =>
          model.platform.zones.every(
            (lost) => solve({ ...part, vms: vms.filter((vm) => vm.zone !== lost) }).kind === "fits",
          );
        const single = fleets.get(broken.id)?.zones.length === 1;
        const changes = (): Change[] =>
          smallestChanges(capacity.fleetsOf(part), [broken.id], ({ size }) => size.desired, holds);
        const more = (): string =>
          single ? "spread it over two zones or more: 'zones' names one" : describeChanges(changes());
        yield {
          at: { on: broken.id },
          message: `losing the zone ${zone} leaves ${describeStranded(after)} with no VM`,
          hint: adviseMoreVms([...after.stranded.keys()], context, more),
        };
        break;
      }
    }
  },
};
