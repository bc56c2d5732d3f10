import type { Rule } from "../rule.js";

export const alone: Rule = {
  code: "LF401",
  severity: "warning",
  title: "a service is reached by something, or reaches something",
  why: `An edge is the only way that services may talk. A service with no edge, no route and no host outside that it uses is cut
off from everything: mostly an edge was forgotten, or the service is a leftover. One that runs on every VM is left alone here:
agents often talk to their VM only.`,
  fix: "declare what it uses with 'uses()', or what uses it; take it out if nothing does",
  *check({ model }) {
    const reached = new Set<string>();
    for (const { uses } of model.services) for (const { to } of uses) if ("service" in to) reached.add(to.service);
    for (const { routes } of model.gateways) for (const { service } of routes) reached.add(service);
    for (const { id, uses, ports, replicas } of model.services) {
      if (uses.length > 0 || reached.has(id) || replicas === "everywhere") continue;
      if (ports.some(({ hostPort }) => hostPort !== null)) continue;
      yield { at: { on: id }, message: "nothing reaches it, and it reaches nothing" };
    }
  },
};
