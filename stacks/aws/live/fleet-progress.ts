import { DescribeScalingActivitiesCommand, type InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import type { Model } from "../../../model/schema.js";
import { groupName } from "../../../node/programs.js";
import type { FleetProgress } from "../../platform/status.js";
import { autoScaling } from "../api/clients.js";
import { asking } from "../api/call.js";
import { describeLiveFleets } from "./describe-fleet.js";
import { readGroups, type LiveGroups } from "./groups.js";

/** Refreshes that came to no good end. */
const FAILED = /^(Failed|Cancelled|RollbackFailed|RollbackSuccessful)$/;
const AT_WORK = /^(Pending|InProgress|Baking|Cancelling|RollbackInProgress)$/;

function outcomeOf(state: string): "running" | "failed" | "done" {
  if (AT_WORK.test(state)) return "running";
  return FAILED.test(state) ? "failed" : "done";
}

/**
 * The replacements of VMs that have come to their end by now, by their ids. A group stays mixed after one that failed, and
 * AWS goes on telling of it: asked before an apply, it is not taken for what the apply began.
 * @throws LF625 to LF630 where AWS does not answer
 */
export async function endedRefreshes(model: Model): Promise<ReadonlySet<string>> {
  return endedOf(await readGroups(model.platform.region, [model]));
}

function endedOf({ refreshes }: LiveGroups): Set<string> {
  const ended = [...refreshes.values()].filter(({ Status = "" }) => !AT_WORK.test(Status));
  return new Set(ended.map(idOf));
}

const idOf = ({ InstanceRefreshId = "" }: InstanceRefresh): string => InstanceRefreshId;

/**
 * Looks at the groups, one look after the other, past replacements that are no news.
 * @param before replacements that had come to their end before; all that had by the first look where undefined
 * @throws by each look: LF625 to LF630 where AWS does not answer
 */
export function fleetProgress(model: Model, before: ReadonlySet<string> | undefined): () => Promise<FleetProgress[]> {
  let ended = before;
  return async () => {
    const found = await readGroups(model.platform.region, [model]);
    ended ??= endedOf(found);
    const news = [...found.refreshes].filter(([, refresh]) => ended?.has(idOf(refresh)) !== true);
    return describeFleets(model, { ...found, refreshes: new Map(news) });
  };
}

function describeFleets(model: Model, live: LiveGroups): Promise<FleetProgress[]> {
  return Promise.all(
    describeLiveFleets(model, live).map(async ({ id, desired: declared, group }) => {
      const [desired, healthy] = [group?.desired ?? declared, group?.healthy ?? 0];
      const problem = healthy < desired ? await lastProblem(model, id) : undefined;
      const { state, percent, reason } = group?.refresh ?? {};
      const restart = `'aws autoscaling start-instance-refresh --auto-scaling-group-name ${groupName(model.cluster, id)}'`;
      const refresh = {
        ...{ state: state ?? "", percent: percent ?? 0, outcome: outcomeOf(state ?? ""), restart },
        ...(reason !== undefined && { reason }),
      };
      const outdated = group?.outdated ?? 0;
      return {
        id,
        desired,
        healthy,
        ...(outdated > 0 && { outdated }),
        ...(state !== undefined && { refresh }),
        ...(problem !== undefined && { problem }),
      };
    }),
  );
}

/** What the group told last about VMs that it could not start: no capacity, a quota. */
async function lastProblem({ cluster, platform }: Model, fleet: string): Promise<string | undefined> {
  const client = autoScaling(platform.region);
  const asked = { AutoScalingGroupName: groupName(cluster, fleet), MaxRecords: 1 };
  const { Activities = [] } = await asking("autoscaling:DescribeScalingActivities", () =>
    client.send(new DescribeScalingActivitiesCommand(asked)),
  );
  return Activities.find(({ StatusCode }) => StatusCode === "Failed")?.StatusMessage;
}
