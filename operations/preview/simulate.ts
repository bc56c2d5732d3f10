import { dirname } from "node:path";
import type { Compared } from "../../preview/compare.js";
import { builtProvider } from "../../sandbox/mirror.js";
import { rehearse } from "../../sandbox/simulator/simulate.js";
import { readTables } from "../../sandbox/tables.js";
import { awsClassifier } from "../../stacks/aws/plan/classifier.js";
import { comparable } from "./comparable.js";
import type { Judged } from "./read-snapshot.js";
import type { WrittenCluster, WrittenSide } from "./snapshot.js";

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
    compared.push(
      comparable(
        rehearse(tables, id, before, after, awsClassifier),
        from && { judged: judgedOf(from), json: before },
        to && { judged: judgedOf(to), json: after },
        awsClassifier,
      ),
    );
  }
  return compared;
}

const judgedOf = ({ model, findings, headroom, project, stackFile }: WrittenCluster): Judged => ({
  ...{ model, findings, headroom },
  place: { project, stackDir: dirname(stackFile) },
});
