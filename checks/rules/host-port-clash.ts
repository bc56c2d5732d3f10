import { describeShortage } from "../placement/describe.js";
import type { Rule } from "../rule.js";
import { names } from "../text.js";

export const hostPortClash: Rule = {
  code: "LF310",
  severity: "error",
  title: "a host port belongs to one task on each VM",
  why: `A host port can be bound once on a VM. Swarm keeps tasks that bind the same one apart, so that they need a VM each. And a
gateway sends requests to that port on every VM of the fleet: where two services bind it there, each gets the other's requests.`,
  fix: "give the services different host ports, different fleets, or let a gateway publish them without 'hostPort'",
  *check({ capacity, fleets, model, services }) {
    for (const { outcome } of capacity.at("desired").parts)
      if (outcome.kind === "misfit")
        for (const shortage of outcome.shortages)
          if (shortage.resource === "host port")
            for (const service of shortage.services)
              yield {
                at: { on: service },
                message: describeShortage(shortage, fleets, ({ size }) => size.desired),
              };

    for (const gateway of model.gateways)
      for (const { path, service, port } of gateway.routes) {
        const target = services.get(service);
        const hostPort = target?.ports.find((each) => each.port === port)?.hostPort;
        if (target === undefined || hostPort === undefined || hostPort === null) continue;
        const others = model.services.filter(
          ({ id, on, ports }) =>
            id !== service &&
            ports.some((each) => each.hostPort === hostPort) &&
            on.some((fleet) => target.on.includes(fleet)),
        );
        if (others.length > 0)
          yield {
            at: { on: gateway.id },
            message: `the route "${path}" goes to host port ${hostPort}, which ${names(others.map(({ id }) => id))} bind on the same fleet as "${service}"`,
          };
      }
  },
};
