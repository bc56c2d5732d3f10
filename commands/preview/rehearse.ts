import type { Compared } from "../../preview/compare.js";
import type { ClusterSide } from "../../preview/side.js";
import { builtProvider } from "../../sandbox/mirror.js";
import { rehearse } from "../../sandbox/rehearsal/rehearse.js";
import { readTables } from "../../sandbox/tables.js";
import { summarize } from "../../terraform/summary.js";
import { readBootData, readBundle } from "./read-written.js";
import type { WrittenCluster, WrittenSide } from "./side.js";

/** Every cluster of base and head, with what the engine would do: head planned where base was applied, in the embedded cloud. */
export async function rehearseClusters(
  base: WrittenSide | undefined,
  head: WrittenSide | undefined,
  read: (file: string) => Promise<unknown>,
): Promise<Compared[]> {
  const tables = readTables(builtProvider());
  const ids = [...new Set([...(head?.clusters ?? []), ...(base?.clusters ?? [])].map(({ id }) => id))].sort();
  const compared: Compared[] = [];
  for (const id of ids) {
    const [from, to] = [base, head].map((side) => side?.clusters.find((cluster) => cluster.id === id));
    const [before, after] = [from && (await read(from.stackFile)), to && (await read(to.stackFile))];
    const { plan, refused, notPlayed } = rehearse(tables, id, before, after);
    compared.push({
      base: from && sideOf(from, before),
      head: to && sideOf(to, after),
      plan: summarize(plan),
      refused,
      notPlayed,
    });
  }
  return compared;
}

const sideOf = ({ model, findings, headroom }: WrittenCluster, json: unknown): ClusterSide => ({
  model,
  findings,
  headroom,
  bundle: readBundle(json),
  bootData: readBootData(json),
});
