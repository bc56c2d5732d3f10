import type { Rule } from "../rule.js";

export const alone: Rule = {
  code: "LF401",
  severity: "warning",
  title: "a service is reached by something, or reaches something",
  why: `An edge is the only way that services may talk. A service with no edge, no route and no host outside that it uses is cut
off from everything: mostly an edge was forgotten, or the service is a leftover. One that runs on every VM is left alone here:
agents often talk to their VM only; and so is one that shares a volume with another: files are a way to talk too.`,
  fix: "declare what it uses with 'uses()', or what uses it; take it out if nothing does",
  *check({ model }) {
    const mounts = new Map<string, number>();
    for (const { volumes } of model.services)
      for (const volume of new Set(Object.values(volumes))) mounts.set(volume, (mounts.get(volume) ?? 0) + 1);
    const reached = new Set<string>();
    for (const { uses } of model.services) for (const { to } of uses) if ("service" in to) reached.add(to.service);
    for (const { routes } of model.gateways) for (const { service } of routes) reached.add(service);
    for (const { id, uses, ports, replicas, volumes } of model.services) {
      if (uses.length > 0 || reached.has(id) || replicas === "everywhere") continue;
      if (Object.values(volumes).some((volume) => (mounts.get(volume) ?? 0) > 1)) continue;
      if (ports.some(({ hostPort }) => hostPort !== null)) continue;
      yield { at: { on: id }, message: "nothing reaches it, and it reaches nothing" };
    }
  },
};
