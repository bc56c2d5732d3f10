import { edgeName } from "../../model/edges.js";
import type { Rule } from "../rule.js";

export const idleTarget: Rule = {
  code: "LF407",
  severity: "warning",
  title: "what is used has tasks",
  why: `A service with no replicas answers nobody. It may be switched off on purpose; what uses it, or routes to it, should be
then too.`,
  fix: "give it replicas, or take the edge or the route out",
  *check({ model, services }) {
    const isIdle = (id: string): boolean => services.get(id)?.replicas === 0;
    for (const { id, uses } of model.services)
      for (const edge of uses)
        if ("service" in edge.to && isIdle(edge.to.service) && !isIdle(id))
          yield {
            at: { on: id, edge: edgeName(edge) },
            message: `it uses "${edge.to.service}", which has no replicas`,
          };
    for (const { id, routes } of model.gateways)
      for (const { path, service } of routes)
        if (isIdle(service))
          yield { at: { on: id }, message: `the route "${path}" goes to "${service}", which has no replicas` };
  },
};
