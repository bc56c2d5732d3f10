import type { Rule } from "../rule.js";

export const hiddenEdge: Rule = {
  code: "LF405",
  severity: "error",
  title: "a host outside is no service of the program",
  why: `external(…) is for hosts outside: it opens the way to them, and joins no network. The name of a service is known only on
the service's own overlay network, which only its declared users join, and never in another cluster, so that such an edge
resolves to nothing.`,
  fix: "use the service itself: 'uses(service, …)'; a service of another cluster is reached through a gateway of that cluster",
  *check({ model, siblings }) {
    const owners = new Map<string, string>();
    for (const other of [...siblings, model]) for (const { id } of other.services) owners.set(id, other.cluster);
    for (const { id, uses } of model.services)
      for (const { as, to } of uses) {
        if (!("host" in to) || typeof to.host !== "string") continue;
        const owner = owners.get(to.host);
        if (owner === undefined) continue;
        const where = owner === model.cluster ? "this cluster" : `the cluster "${owner}"`;
        yield {
          at: { on: id, edge: as },
          message: `the host "${to.host}" that it uses as ${as} is a service of ${where}: the name does not resolve from here`,
        };
      }
  },
};
