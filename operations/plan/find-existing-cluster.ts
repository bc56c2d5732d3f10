import { groupsOf } from "../../stacks/aws/live/groups.js";
import { readBuckets } from "../../stacks/aws/live/settings.js";
import type { Traces } from "./untracked-cluster.js";

/** Looks for a cluster in a region as `status` does: by the tag of its groups, and the settings of its VMs. @throws LF625 to LF630 */
export async function findTraces(region: string, cluster: string): Promise<Traces> {
  const [groups, buckets] = await Promise.all([groupsOf(region, [cluster]), readBuckets(region, [cluster])]);
  return {
    groups: groups.map(({ AutoScalingGroupName }) => AutoScalingGroupName ?? ""),
    settings: buckets.has(cluster),
  };
}
