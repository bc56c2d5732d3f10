import type { CommandContext } from "../operations/context.js";
import { findLastWritten, type SynthesizedCluster } from "../operations/program/output-folder.js";
import { readProject } from "../operations/program/project.js";
import { selectClusters } from "../operations/engine/select-clusters.js";
import type { ClusterStatus } from "../operations/status/cluster-status.js";
import { sandboxStatus } from "../operations/status/sandbox.js";
import { watchStatus, type WatchOptions } from "../operations/status/watch.js";

export type { ClusterStatus } from "../operations/status/cluster-status.js";
export type { Difference } from "../operations/status/differences.js";

export interface StatusOptions {
  /** The clusters to look at; all where empty. */
  readonly clusters: readonly string[];
  /** Look at the embedded cloud, and not at the account. */
  readonly sandbox: boolean;
  /** Tell address and market of every VM, also where there are hundreds. @default false */
  readonly vms?: boolean;
  /** Look again and again, until interrupted. */
  readonly watch?: WatchOptions;
}

export interface StatusResult {
  readonly clusters: readonly ClusterStatus[];
}

/**
 * What is there as it was deployed, and how what the program declared when it was last synthesized differs from it.
 * @throws LF061 where it never was, LF600 where it is another account, LF625 to LF630 where the account cannot be read
 */
export async function status(options: StatusOptions, context: CommandContext): Promise<StatusResult> {
  const { clusters } = await findLastWritten(await readProject(context.dir, context.env));
  const selected = selectClusters(clusters, options.clusters);
  const look = await lookout(options, selected, context);
  if (options.watch === undefined) return { clusters: await look() };
  return { clusters: await watchStatus(look, options.watch, context.signal) };
}

/** How to look at the clusters, again and again. */
async function lookout(
  { sandbox, vms = false }: StatusOptions,
  clusters: readonly SynthesizedCluster[],
  context: CommandContext,
): Promise<() => Promise<readonly ClusterStatus[]>> {
  if (sandbox) return () => Promise.all(clusters.map((cluster) => sandboxStatus(context.dir, cluster)));
  const { accountStatus } = await import("../operations/status/account.js");
  return () => accountStatus(clusters, context, vms);
}
