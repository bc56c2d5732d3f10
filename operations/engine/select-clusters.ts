import { LightfleetError } from "../../errors/error.js";

/**
 * The clusters that were named, in the order of the program; all where none was.
 * @throws LF057 where a name is not one of them
 */
export function selectClusters<T extends { readonly id: string }>(
  clusters: readonly T[],
  names: readonly string[],
): T[] {
  const ids = clusters.map((cluster) => cluster.id);
  const unknown = names.find((name) => !ids.includes(name));
  if (unknown !== undefined || clusters.length === 0) {
    const what = unknown === undefined ? "the program has no cluster" : `the program has no cluster '${unknown}'`;
    throw new LightfleetError(ids.length === 0 ? what : `${what}: it has ${ids.join(", ")}`, {
      code: "LF057",
      kind: "usage",
      ...(ids.length > 0 && { hint: "one that has left the program is destroyed by the program that has it still" }),
    });
  }
  return clusters.filter((cluster) => names.length === 0 || names.includes(cluster.id));
}

/**
 * The cluster that was named; the only one of the program where none was.
 * @throws LF057 where the name is not one of them, LF615 where there are several and none was named
 */
export function selectOne<T extends { readonly id: string }>(clusters: readonly T[], name: string | undefined): T {
  const [only, another] = selectClusters(clusters, name === undefined ? [] : [name]);
  if (only !== undefined && another === undefined) return only;
  throw new LightfleetError(`say which cluster: the program has ${clusters.map(({ id }) => id).join(", ")}`, {
    code: "LF615",
    kind: "usage",
  });
}
