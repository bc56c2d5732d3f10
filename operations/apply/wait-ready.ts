import { outputs as readOutputs } from "../../terraform/output.js";
import type { PlanSummary } from "../../terraform/summary.js";
import type { FleetProgress } from "../../stacks/platform/status.js";
import { loadModel } from "../program/load-model.js";
import { bucketSource } from "../../stacks/aws/live/release-source.js";
import { awaitRelease } from "../rollout/wait.js";
import type { OutputValue } from "./apply-stack.js";
import { atEngine } from "../engine/run-engine.js";
import type { PlannedStack } from "../plan/plan-stack.js";
import type { Session } from "../engine/session.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import { endedRefreshes, fleetProgress } from "../../stacks/aws/live/fleet-progress.js";
import { awaitFleets } from "./wait-fleets.js";

/** Waits until VMs and services of a cluster are as they are to be. @param outputs those of the apply, where there was one */
export type ComeUp = (outputs?: Readonly<Record<string, OutputValue>>) => Promise<void>;

/**
 * Looks how the VMs are replaced before an apply.
 * @returns what waits after it; where nothing is applied, it sees in one look whether all is well, as it may not be after a
 * deploy that failed, or was interrupted, while it waited
 * @throws LF625 to LF630 where AWS does not answer
 */
export async function prepareComeUp(
  session: Session,
  cluster: SynthesizedCluster,
  { engineContext, summary }: PlannedStack,
): Promise<ComeUp> {
  const model = await loadModel(cluster.modelFile);
  // What ended before is no news; where no VM is changed, what ended by the first look is none either.
  const ended = touchesFleets(summary) ? await endedRefreshes(model) : undefined;
  return async (outputs) => {
    const { host, signal } = session.context;
    if (model.fleets.length > 0) {
      host.progress({ type: "step", text: `waiting for the VMs of ${cluster.id}` });
      const onFleets = (fleets: readonly FleetProgress[]): void =>
        host.progress({ type: "fleets", cluster: cluster.id, fleets });
      const look = fleetProgress(model, ended);
      const fleets = await awaitFleets(cluster.id, { signal, onFleets, look });
      for (const text of outdated(cluster.id, fleets)) host.progress({ type: "note", text });
    }
    const { bucket } = outputs ?? (await atEngine(session, cluster.id, () => readOutputs(engineContext)));
    if (typeof bucket?.value === "string") await rollOut(session, cluster.id, bucket.value, model.platform.region);
  };
}

/** Whether an apply makes or changes VMs. */
const touchesFleets = ({ changes }: PlanSummary): boolean =>
  changes.some(({ type, action }) => type === "aws_autoscaling_group" && action !== "destroy");

/** What is to be known of VMs that are well, and made otherwise than new ones would be: no replacement is at work. */
function outdated(cluster: string, fleets: readonly FleetProgress[]): string[] {
  return fleets.flatMap(({ id, desired, outdated = 0 }) =>
    outdated === 0
      ? []
      : `${outdated} of ${desired} VMs of ${cluster}/${id} are older than their launch template, and nothing replaces them: 'lightfleet status --vms' shows which`,
  );
}

/** Waits for the managers, and tells meanwhile how each service fares. */
function rollOut({ context: { host, signal } }: Session, cluster: string, bucket: string, region: string) {
  host.progress({ type: "step", text: `waiting for the services of ${cluster}` });
  return awaitRelease(cluster, bucketSource(bucket, region), {
    signal,
    onStatus: ({ services }) =>
      host.progress({
        type: "rollout",
        cluster,
        simulated: false,
        services: Object.entries(services).map(([service, { state, running, desired, error }]) => ({
          ...{ id: service, state, running, desired },
          ...(error !== undefined && { error }),
        })),
      }),
  });
}
