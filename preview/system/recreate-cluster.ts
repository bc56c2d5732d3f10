import type { Attribute, Change } from "../schema.js";
import { names } from "../values.js";

/** The change by which the whole cluster is made anew, where there is one. */
export const wholeOf = (changes: readonly Change[]): Change | undefined =>
  changes.find(({ kind, action }) => kind === "cluster" && action === "replace");

/**
 * What is new in things themselves where the whole cluster is made anew: what becomes of them stands with the cluster.
 * @param cluster the cluster's own change
 */
export function ownParts(changes: readonly Change[], cluster: Change): Change[] {
  const region = cluster.attributes.find(({ name }) => name === "region");
  return changes.flatMap((change): Change[] => {
    if (change.kind !== "fleet" && change.kind !== "service") return [change];
    if (change.action === "add") return [change];
    if (change.action === "remove")
      return [{ ...change, effect: ["it is not among what is made anew"], interrupts: [] }];
    const attributes = change.attributes.filter((one) => !isOnlyElsewhere(one, region));
    if (attributes.length === 0) return [];
    const why = change.kind === "fleet" ? [`${names(attributes.map(({ name }) => name))} changed`] : change.why;
    const effect = ["it is made anew with the whole cluster"];
    const action = change.action === "rename" ? change.action : "change";
    return [{ ...change, action, weight: "plain", attributes, why, effect, interrupts: [] }];
  });
}

/** Whether zones are the same but for the region that they are in. */
const isOnlyElsewhere = ({ name, before, after }: Attribute, region: Attribute | undefined): boolean =>
  name === "zones" && before?.replaceAll(region?.before ?? "", region?.after ?? "") === after;

/** In what order a deploy makes a whole cluster anew. */
export function orderAnew({ attributes }: Change): string[] {
  const region = attributes.find(({ name }) => name === "region");
  return [
    region === undefined
      ? "ended and made anew by the engine: the network, with all VMs and load balancers in it"
      : `made by the engine in ${region.after}: all of it; what is in ${region.before} is not touched`,
    "released by the managers once they have founded a swarm anew: all services",
  ];
}
