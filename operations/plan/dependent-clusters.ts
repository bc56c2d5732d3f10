import { readFile } from "node:fs/promises";
import { LightfleetError } from "../../errors/error.js";
import { pullState } from "../../terraform/state.js";
import { hasResources } from "../state/backend.js";
import { hasBlock } from "../../terraform/config-blocks.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import { atEngine } from "../engine/run-engine.js";
import type { Session } from "../engine/session.js";
import { openWorkbench } from "../engine/workspace.js";

/**
 * Refuses to destroy what clusters read that stay: without it, they could be neither changed nor destroyed any more.
 * @throws LF639 with the clusters that are to be named, too
 */
export async function refuseNeeded(session: Session): Promise<void> {
  const ending = new Set(session.clusters.map(({ id }) => id));
  for (const cluster of session.all) {
    if (ending.has(cluster.id)) continue;
    const read = await readsOf(cluster, [...ending]);
    if (read.length === 0 || !(await isDeployed(session, cluster))) continue;
    throw new LightfleetError(
      `${cluster.id} is deployed and reads what ${read.join(" and ")} offers: it could be neither changed nor destroyed afterwards`,
      {
        code: "LF639",
        kind: "config",
        hint: `name it too, and it is destroyed first: lightfleet destroy ${[...ending, cluster.id].join(" ")}${session.sandbox ? " --sandbox" : ""}`,
      },
    );
  }
}

/** Those of some clusters whose state a cluster reads. */
async function readsOf({ stackFile, needs }: SynthesizedCluster, ids: readonly string[]): Promise<string[]> {
  const found = ids.filter((id) => needs.includes(id));
  if (found.length === 0) return [];
  const data = { resource: dataOf(JSON.parse(await readFile(stackFile, "utf8"))) };
  return found.filter((id) => hasBlock(data, `terraform_remote_state.cross-stack-reference-input-${id}`));
}

const dataOf = (root: unknown): unknown =>
  typeof root === "object" && root !== null && "data" in root ? root.data : {};

async function isDeployed(session: Session, cluster: SynthesizedCluster): Promise<boolean> {
  const workbench = await openWorkbench(session, cluster);
  const state = await atEngine(session, cluster.id, () => pullState(workbench));
  return hasResources(state, `the state of ${cluster.id}`);
}
