import { groupsOf } from "./groups.js";
import { readBuckets } from "./settings.js";

/** What an account shows of a cluster to whoever has no state of it. */
export interface Traces {
  /** Names of the autoscaling groups that carry the cluster's tag. */
  readonly groups: readonly string[];
  /** Whether the settings are there that its VMs read. */
  readonly settings: boolean;
}

/** Looks for a cluster in a region as `status` does: by the tag of its groups, and the settings of its VMs. @throws LF625 to LF630 */
export async function findTraces(region: string, cluster: string): Promise<Traces> {
  const [groups, buckets] = await Promise.all([groupsOf(region, [cluster]), readBuckets(region, [cluster])]);
  return {
    groups: groups.map(({ AutoScalingGroupName }) => AutoScalingGroupName ?? ""),
    settings: buckets.has(cluster),
  };
}
