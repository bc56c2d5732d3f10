import { resolve } from "node:path";
import type { PlanSummary } from "../terraform/summary.js";
import type { CommandContext } from "../operations/context.js";
import { refuseUnwritable, writePlanFile, type ReviewedPlan } from "../operations/plan/plan-file.js";
import { planStack, toReviewed } from "../operations/plan/plan-stack.js";
import { openSession, type SessionOptions } from "../operations/engine/session.js";
import type { Timing } from "../operations/engine/timing.js";

export interface DiffOptions extends SessionOptions {
  /** Fleets, services, gateways or volumes to restrict the plan to; all where empty. */
  readonly target: readonly string[];
  /** Plan to make a cluster a second time that the account has, and the state knows nothing of. */
  readonly allowDuplicate: boolean;
  /** A file to write the plans to, for a later deploy of just them. */
  readonly plan?: string | undefined;
}

export interface DiffResult {
  /** Whether any cluster would change. */
  readonly changes: boolean;
  readonly clusters: readonly { readonly id: string; readonly changes: boolean; readonly summary: PlanSummary }[];
  readonly timing: Timing;
}

/** Says what a deploy would do, and does nothing. @throws LF603 where the file cannot be written, and what synthesizing and the engine throw */
export async function diff(options: DiffOptions, context: CommandContext): Promise<DiffResult> {
  const file = options.plan === undefined ? undefined : resolve(context.dir, options.plan);
  if (file !== undefined) await refuseUnwritable(file);
  const session = await openSession(options, context);
  const clusters: DiffResult["clusters"][number][] = [];
  const reviewed: ReviewedPlan[] = [];
  for (const cluster of session.clusters) {
    const planned = await planStack(session, cluster, {
      targets: options.target,
      allowDuplicate: options.allowDuplicate,
    });
    try {
      if (file !== undefined) reviewed.push(await toReviewed(session, cluster, planned));
    } finally {
      await planned.discard();
    }
    const { summary, changes } = planned;
    clusters.push({ id: cluster.id, changes, summary });
  }
  if (file !== undefined) await writePlanFile(file, reviewed);
  return { changes: clusters.some((cluster) => cluster.changes), clusters, timing: session.watch.read() };
}
