import { DescribeScalingActivitiesCommand, type InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import { LightfleetError } from "../../../errors/error.js";
import type { Model } from "../../../model/schema.js";
import { groupName } from "../../../node/programs.js";
import { autoScaling } from "../api/clients.js";
import { asking } from "../api/call.js";
import type { FleetProgress } from "../../../operations/context.js";
import { outlast } from "../../../operations/rollout/retry.js";
import { describeLiveFleets } from "./describe-fleet.js";
import { recognize } from "../../../operations/engine/failures.js";
import { readGroups, type LiveGroups } from "./groups.js";
import { pause } from "../../../operations/sleep.js";

export interface FleetWait {
  /** Aborted by Ctrl-C: the groups go on, only the waiting ends. */
  readonly signal: AbortSignal;
  /** Told whenever something is otherwise than at the last look; not at all where nothing is to be waited for. */
  readonly onFleets: (fleets: readonly FleetProgress[]) => void;
  /** Replacements that had come to their end before: what became of them is no news. @default all that had by the first look */
  readonly ended?: ReadonlySet<string>;
  /** How the groups fare; asks AWS where nothing is given. */
  readonly look?: () => Promise<readonly FleetProgress[]>;
  /** How long it may take, in milliseconds. @default 30 minutes */
  readonly timeoutMs?: number;
  /** Time between two looks, in milliseconds. @default 5 seconds */
  readonly everyMs?: number;
}

/** Refreshes that came to no good end. */
const FAILED = /^(Failed|Cancelled|RollbackFailed|RollbackSuccessful)$/;
const AT_WORK = /^(Pending|InProgress|Baking|Cancelling|RollbackInProgress)$/;

/**
 * Waits until each fleet has as many healthy VMs as are wanted of it, and no VM is being replaced any more.
 * @returns how they are then
 * @throws LF606 where a replacement failed or it takes too long, LF071 once interrupted, LF625 to LF630 where AWS does not answer,
 * also after a few looks
 */
export async function awaitFleets(model: Model, wait: FleetWait): Promise<readonly FleetProgress[]> {
  const { signal, onFleets, ended, look = looks(model, ended), timeoutMs = 1_800_000, everyMs = 5_000 } = wait;
  const end = Date.now() + timeoutMs;
  let told: string | undefined;
  for (;;) {
    const fleets = await outlast(look, { signal, everyMs, what: `the VMs of ${model.cluster}` });
    const text = JSON.stringify(fleets);
    const done = fleets.every(isThere);
    if (text !== told && !(done && told === undefined)) onFleets(fleets);
    told = text;
    const failed = fleets.find(({ refresh }) => refresh !== undefined && FAILED.test(refresh.state));
    if (failed !== undefined) throw refreshFailed(model.cluster, failed);
    if (done) return fleets;
    if (Date.now() >= end) throw late(model.cluster, fleets, timeoutMs);
    await pause(everyMs, signal, `the VMs of ${model.cluster}`);
  }
}

const isThere = ({ healthy, desired, refresh }: FleetProgress): boolean =>
  healthy >= desired && !(refresh !== undefined && AT_WORK.test(refresh.state));

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

/** Looks at the groups, one look after the other, past replacements that are no news. */
function looks(model: Model, before: ReadonlySet<string> | undefined): () => Promise<FleetProgress[]> {
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
      const refresh = { state: state ?? "", percent: percent ?? 0, ...(reason !== undefined && { reason }) };
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

function refreshFailed(cluster: string, { id, refresh }: FleetProgress): LightfleetError {
  const why = refresh?.reason === undefined ? "" : `: ${refresh.reason}`;
  return new LightfleetError(
    `the replacement of VMs in ${cluster}/${id} ended as '${refresh?.state}' at ${refresh?.percent ?? 0} %${why}`,
    {
      code: "LF606",
      kind: "external",
      hint: `VMs that were replaced stay as they are, and 'lightfleet status --vms' shows which; the rest is replaced by the next change of their boot data, or with 'aws autoscaling start-instance-refresh --auto-scaling-group-name ${groupName(cluster, id)}'`,
    },
  );
}

function late(cluster: string, fleets: readonly FleetProgress[], timeoutMs: number): LightfleetError {
  const missing = fleets.filter((fleet) => !isThere(fleet));
  const problem = missing.find((fleet) => fleet.problem !== undefined)?.problem;
  const known = problem === undefined ? undefined : recognize(problem);
  const open = missing.map(({ id, healthy, desired }) => `${id} ${healthy}/${desired}`).join(", ");
  const why = problem === undefined ? "" : `; ${problem}`;
  return new LightfleetError(
    `the VMs of ${cluster} are not all there after ${Math.round(timeoutMs / 60_000)} minutes: ${open}${why}`,
    {
      code: known?.code ?? "LF606",
      kind: "external",
      hint: known?.hint ?? "they go on without this command; look again with 'lightfleet status'",
    },
  );
}
