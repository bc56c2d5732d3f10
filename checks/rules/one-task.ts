import type { Rule } from "../rule.js";

export const oneTask: Rule = {
  code: "LF203",
  severity: "warning",
  inProduction: "error",
  title: "a service has more than one task",
  why: `The only task of a service takes the service with it: for the 15 seconds in which Swarm notices that a VM is gone (three
heartbeats of 5 s), for the start elsewhere, and until the health check passes; and on every instance refresh of its fleet.`,
  fix: `run two replicas or more; where it cannot be more than one, acknowledge("LF203", "…") says why`,
  *check({ model }) {
    for (const { id, replicas } of model.services)
      if (replicas === 1) yield { at: { on: id }, message: "it has one task: it is down while that one is moved" };
  },
};
