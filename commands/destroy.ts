import type { PlanSummary } from "../terraform/summary.js";
import type { CommandContext } from "../operations/context.js";
import { guardData } from "../operations/plan/confirm-data-loss.js";
import { agree } from "../operations/apply/confirm.js";
import { applyStack } from "../operations/apply/apply-stack.js";
import { inTurn } from "../operations/engine/for-each-cluster.js";
import { refuseNeeded } from "../operations/plan/dependent-clusters.js";
import { planStack } from "../operations/plan/plan-stack.js";
import { openSession, type Session, type SessionOptions } from "../operations/engine/session.js";
import type { Timing } from "../operations/engine/timing.js";
import type { SynthesizedCluster } from "./synth.js";

export interface DestroyOptions extends SessionOptions {
  /** Destroy without asking. */
  readonly yes: boolean;
  /** Names of what may go although it holds data. */
  readonly allowDestroy: readonly string[];
}

export interface DestroyResult {
  readonly clusters: readonly { readonly id: string; readonly summary: PlanSummary; readonly destroyed: boolean }[];
  readonly timing: Timing;
}

/**
 * Plans the end of the clusters, shows it, asks, and applies that plan: the last cluster first.
 * @throws LF639 where a cluster that stays reads what one of them offers, LF059 when the answer is no, LF621 where the account has a cluster and the state does not, and what synthesizing and the engine throw
 */
export async function destroy(options: DestroyOptions, context: CommandContext): Promise<DestroyResult> {
  const session = await openSession(options, context);
  await refuseNeeded(session);
  const clusters = await inTurn([...session.clusters].reverse(), "gone", async (cluster, begin) => {
    const planned = await planStack(session, cluster, { destroy: true });
    if (planned.changes) {
      await guardData(session, cluster, planned, options);
      await agree(session, planned, options.yes, cluster.id, `destroy all of ${cluster.id}?`);
      begin();
      await applyStack(session, cluster.id, planned);
    } else {
      await planned.discard();
    }
    // Also where there was nothing to do: an earlier run may have ended between the two.
    if (!session.sandbox) await clearUp(session, cluster);
    return { id: cluster.id, summary: planned.summary, destroyed: planned.changes };
  });
  return { clusters, timing: session.watch.read() };
}

/** Takes away what the cluster's VMs wrote beside the state, once they are gone. */
async function clearUp({ context }: Session, { id, modelFile }: SynthesizedCluster): Promise<void> {
  const [{ forgetSwarm }, { loadModel }] = await Promise.all([
    import("../stacks/aws/live/delete-swarm-parameters.js"),
    import("../operations/program/load-model.js"),
  ]);
  context.host.progress({ type: "step", text: `clearing up after the VMs of ${id}` });
  const { platform } = await loadModel(modelFile);
  await forgetSwarm(platform.region, id);
}
