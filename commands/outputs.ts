import { outputs as readOutputs } from "../terraform/output.js";
import type { CommandContext } from "../operations/context.js";
import { refuseDeployed } from "../operations/plan/untracked-cluster.js";
import type { OutputValue } from "../operations/apply/apply-stack.js";
import { atEngine } from "../operations/engine/run-engine.js";
import { openSession, type SessionOptions } from "../operations/engine/session.js";
import { openWorkbench } from "../operations/engine/workspace.js";

export type { OutputValue } from "../operations/apply/apply-stack.js";

export interface OutputsOptions extends SessionOptions {
  /** Whether values of sensitive outputs are told. */
  readonly sensitive: boolean;
}

export interface OutputsResult {
  readonly clusters: readonly { readonly id: string; readonly outputs: Readonly<Record<string, OutputValue>> }[];
}

/** Reads the outputs out of the clusters' states. @throws LF621 where the account has a cluster and the state does not, and what synthesizing and the engine throw */
export async function outputs(options: OutputsOptions, context: CommandContext): Promise<OutputsResult> {
  const session = await openSession(options, context);
  const clusters: OutputsResult["clusters"][number][] = [];
  for (const cluster of session.clusters) {
    const workbench = await openWorkbench(session, cluster);
    const found = await atEngine(session, cluster.id, () => readOutputs(workbench));
    // Every cluster has some: where there are none, nothing is deployed, or another state knows of it.
    if (Object.keys(found).length === 0) await refuseDeployed(session, cluster);
    const shown = Object.entries(found).map(([name, { sensitive, value }]): [string, OutputValue] => {
      if (!sensitive) return [name, { sensitive, value }];
      return [name, options.sensitive ? { sensitive: false, value } : { sensitive }];
    });
    clusters.push({ id: cluster.id, outputs: Object.fromEntries(shown) });
  }
  return { clusters };
}
