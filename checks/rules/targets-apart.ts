import { commonFate } from "../placement/zones.js";
import type { Rule } from "../rule.js";

export const targetsApart: Rule = {
  code: "LF207",
  severity: "warning",
  inProduction: "error",
  title: "a gateway has targets in two zones",
  why: `A load balancer stands in several zones and goes on when one is lost, but only as far as there are tasks behind it in
another. A service with one task is a matter of its own (LF203).`,
  fix: "spread the fleet of the service over two zones or more",
  *check({ capacity, model, services }) {
    for (const { id, routes } of model.gateways)
      for (const name of new Set(routes.map(({ service }) => service))) {
        const service = services.get(name);
        if (service === undefined || service.replicas === 1 || service.replicas === 0) continue;
        const planned = capacity.at("desired").partOf.get(service.on[0] ?? "");
        if (planned?.outcome.kind !== "fits") continue;
        const { zone } = commonFate(planned, name);
        if (zone !== undefined) yield { at: { on: id }, message: `all targets of "${name}" are in the zone ${zone}` };
      }
  },
};
