import type { PlanSummary } from "../terraform/summary.js";
import type { CommandContext } from "./context.js";
import { openSession, planStack, type SessionOptions } from "./stack/session.js";
import type { Timing } from "./stack/stopwatch.js";

export interface DiffResult {
  /** Whether any cluster would change. */
  readonly changes: boolean;
  readonly clusters: readonly { readonly id: string; readonly changes: boolean; readonly summary: PlanSummary }[];
  readonly timing: Timing;
}

/** Says what a deploy would do, and does nothing. @throws what synthesizing and the engine throw */
export async function diff(options: SessionOptions, context: CommandContext): Promise<DiffResult> {
  const session = await openSession(options, context);
  const clusters: DiffResult["clusters"][number][] = [];
  for (const cluster of session.clusters) {
    const { summary, changes, discard } = await planStack(session, cluster);
    await discard();
    clusters.push({ id: cluster.id, changes, summary });
  }
  return { changes: clusters.some((cluster) => cluster.changes), clusters, timing: session.watch.read() };
}
