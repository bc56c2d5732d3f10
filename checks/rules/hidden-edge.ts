import { edgeName } from "../../model/edges.js";
import type { Model } from "../../model/schema.js";
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
    let owners: Map<string, string> | undefined;
    for (const { id, uses } of model.services)
      for (const edge of uses) {
        const { as, to } = edge;
        if (!("host" in to) || typeof to.host !== "string") continue;
        owners ??= ownersOf([...siblings, model]);
        const owner = owners.get(to.host);
        if (owner === undefined) continue;
        const where = owner === model.cluster ? "this cluster" : `the cluster "${owner}"`;
        yield {
          at: { on: id, edge: edgeName(edge) },
          message: `the host "${to.host}" that it uses${as === undefined ? "" : ` as ${as}`} is a service of ${where}: the name does not resolve from here`,
        };
      }
  },
};

/** The cluster of each service; of two with one name, that of the cluster which is looked at last. */
function ownersOf(models: readonly Model[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { cluster, services } of models) for (const { id } of services) owners.set(id, cluster);
  return owners;
}
