import { adviseMoreVms } from "../data.js";
import { commonFate } from "../placement/zones.js";
import type { Rule } from "../rule.js";

const FIX = "spread the fleet over more zones or VMs, or run the service on two fleets";

export const apart: Rule = {
  code: "LF204",
  severity: "warning",
  inProduction: "error",
  title: "the tasks of a service stand apart",
  why: `Replicas help against a loss only where they are not lost together. Swarm spreads the tasks of a service over zones and
VMs, as far as its fleet has them: two of two tasks in one zone are one zone away from none. A service on a fleet with
survives: "zone" must keep a task whatever zone is lost, any other one whatever VM is lost.`,
  fix: FIX,
  *check(context) {
    const { capacity, model } = context;
    for (const service of model.services) {
      if (service.replicas === "everywhere" || service.replicas < 2) continue;
      const planned = capacity.at("desired").partOf.get(service.on[0] ?? "");
      if (planned?.outcome.kind !== "fits") continue;
      const { vm, zone } = commonFate(planned, service.id);
      if (vm === undefined && zone === undefined) continue;
      const promised = context.fleetsOf(service).some(({ survives }) => survives === "zone");
      const all = `all of its ${service.replicas} tasks are`;
      const hint = adviseMoreVms([service.id], context, () => FIX);
      if (vm !== undefined) yield { at: { on: service.id }, message: `${all} on the VM ${vm}`, hint };
      else if (promised)
        yield { at: { on: service.id }, message: `${all} in the zone ${zone}`, severity: "error", hint };
    }
  },
};
