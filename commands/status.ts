import type { CommandContext } from "./context.js";
import { findLastWritten, type SynthesizedCluster } from "./program/written.js";
import { readProject } from "./program/project.js";
import { selectClusters } from "./stack/select.js";
import type { Differences } from "./status/differences.js";
import type { FleetStatus } from "./status/fleets.js";
import type { GatewayStatus } from "./status/gateways.js";
import { sandboxStatus } from "./status/sandbox.js";
import type { ServiceStatus } from "./status/services.js";
import { watchStatus, type WatchOptions } from "./status/watch.js";

export type { Difference } from "./status/differences.js";

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

export interface ClusterStatus {
  readonly id: string;
  /** Whether anything of the cluster is there. */
  readonly deployed: boolean;
  /** How many objects the cloud holds for the cluster. */
  readonly objects: number;
  readonly fleets: readonly FleetStatus[];
  readonly gateways: readonly GatewayStatus[];
  readonly services: readonly ServiceStatus[];
  /** Whether what runs where is the planner's word alone, as in the sandbox. */
  readonly simulated: boolean;
  /** When the managers last told of the services, in ISO 8601; in an account only. */
  readonly told?: string;
  /** Why what they tell cannot be read; in an account only. */
  readonly untold?: string;
  /** Where anything is there: what is to be deployed still, apart from what was changed outside. */
  readonly differences?: Differences;
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
  return watchStatus(look, options.watch, context.signal);
}

/** How to look at the clusters, again and again. */
async function lookout(
  { sandbox, vms = false }: StatusOptions,
  clusters: readonly SynthesizedCluster[],
  context: CommandContext,
): Promise<() => Promise<readonly ClusterStatus[]>> {
  if (sandbox) return () => Promise.all(clusters.map((cluster) => sandboxStatus(context.dir, cluster)));
  const { accountStatus } = await import("./status/account.js");
  return () => accountStatus(clusters, context, vms);
}
