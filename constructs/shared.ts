import type { Cluster } from "./cluster.js";
import type { UniqueName } from "./platform.js";
import { pathOf } from "./shown-path.js";

interface Taken extends UniqueName {
  readonly cluster: Cluster;
}

/**
 * Refuses what two clusters of a program would share: the place of their state, and names that the cloud takes once in a region of an
 * account. The second one is to blame, in the order of the program. Two accounts that are both said and differ share nothing.
 */
export function refuseShared(clusters: readonly Cluster[]): void {
  const places = new Map<string, Cluster>();
  const names = new Map<string, Taken[]>();
  // One id twice is told already.
  for (const cluster of new Map(clusters.map((one) => [one.name, one])).values()) {
    refusePlace(places, cluster);
    for (const unique of cluster.platform.uniqueNames(cluster.model)) {
      const key = [cluster.platform.kind, unique.within, unique.what, unique.name].join("\n");
      const others = names.get(key) ?? [];
      const other = others.find((one) => mayBeOneAccount(one.cluster, cluster));
      if (other === undefined) names.set(key, [...others, { ...unique, cluster }]);
      else refuseName(other, cluster, unique);
    }
  }
}

const mayBeOneAccount = (a: Cluster, b: Cluster): boolean =>
  a.model.account === null || b.model.account === null || a.model.account === b.model.account;

function refuseName(taken: Taken, cluster: Cluster, { on, what, name, within }: UniqueName): void {
  const element = on === null ? undefined : cluster.find(on);
  (element ?? cluster).refuse(
    "LF045",
    `its ${what} would be named "${name}" in ${within}, and so is that of '${pathOfTaken(taken)}'`,
    "a name is made of the ids of the cluster and of what is in it: change one of them, or say 'account' of both where they are deployed to two",
  );
}

const pathOfTaken = ({ cluster, on }: Taken): string => pathOf(on === null ? cluster : (cluster.find(on) ?? cluster));

function refusePlace(places: Map<string, Cluster>, cluster: Cluster): void {
  const { statePlace } = cluster;
  const other = places.get(statePlace);
  if (other === undefined) places.set(statePlace, cluster);
  else
    cluster.refuse(
      "LF047",
      `'state' (${statePlace}) is where the state of '${other.node.path}' is kept`,
      "each cluster has a state of its own: give one of them another key or path",
    );
}
