import { readFile } from "node:fs/promises";
import { readModel } from "../model/read.js";
import type { Model } from "../model/schema.js";
import { openSandbox } from "../sandbox/cloud.js";
import type { CommandContext } from "./context.js";
import { findLastWritten, type SynthesizedCluster } from "./program/written.js";
import { readProject } from "./program/project.js";
import { simulateRollout } from "./rollout/simulate.js";
import { selectClusters } from "./stack/select.js";
import type { Differences } from "./status/differences.js";
import { describeFleets, type FleetStatus } from "./status/fleets.js";
import { describeGateways, type GatewayStatus } from "./status/gateways.js";
import { describeServices, type ServiceStatus } from "./status/services.js";
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
  /** In an account, where anything is there: what is to be deployed still, apart from what was changed outside. */
  readonly differences?: Differences;
}

export interface StatusResult {
  readonly clusters: readonly ClusterStatus[];
}

/**
 * What is there, beside what the program declared when it was last synthesized.
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
  if (sandbox) return () => Promise.all(clusters.map((cluster) => clusterStatus(context.dir, cluster)));
  const { accountStatus } = await import("./status/account.js");
  return () => accountStatus(clusters, context, vms);
}

/** What would run where, by the planner's word. */
function simulated(model: Model): Map<string, NonNullable<ServiceStatus["running"]>> {
  return new Map(
    simulateRollout(model).map(({ id, running, desired, places }) => [
      id,
      { state: running < desired ? "pending" : "running", tasks: running, desired, places },
    ]),
  );
}

/** What the embedded cloud of a project holds of one cluster. */
export async function clusterStatus(
  dir: string,
  { id, modelFile }: { readonly id: string; readonly modelFile: string },
): Promise<ClusterStatus> {
  const model = readModel(await readFile(modelFile, "utf8"), modelFile);
  const inventory = openSandbox(dir).inventory(id);
  const objects = Object.values(inventory.counts).reduce((sum, count) => sum + count, 0);
  return {
    id,
    deployed: objects > 0,
    objects,
    fleets: describeFleets(model, inventory.fleets),
    gateways: describeGateways(model, inventory),
    services: describeServices(model, objects > 0 ? simulated(model) : new Map()),
    simulated: true,
  };
}
