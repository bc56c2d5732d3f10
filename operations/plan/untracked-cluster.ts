import { readFile } from "node:fs/promises";
import { LightfleetError } from "../../errors/error.js";
import type { PlanJson } from "../../terraform/plan-schema.js";
import { loadModel } from "../program/load-model.js";
import type { Session } from "../engine/session.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import type { Traces } from "../../stacks/aws/live/find-existing-cluster.js";
import { holdsNothing } from "../../stacks/aws/plan/prior-state.js";
import { emptyState } from "../../terraform/parse-state.js";

/**
 * Refuses to take an empty state for a cluster that is not deployed, where the account has one of that name: another
 * checkout or another bucket keeps its state then. The account is asked only where the state is empty; the sandbox, whose
 * state and objects are one, never.
 * @param plan any plan of the cluster, which tells what the state holds
 * @returns whether the state is empty
 * @throws LF621 where the account has the cluster, LF625 to LF630 where it does not answer
 */
export async function refuseUnknown(session: Session, cluster: SynthesizedCluster, plan: PlanJson): Promise<boolean> {
  const empty = holdsNothing(plan);
  if (empty) await refuseDeployed(session, cluster);
  return empty;
}

/** The same where it is known already that the state is empty. @throws LF621, LF625 to LF630 */
export async function refuseDeployed(session: Session, cluster: SynthesizedCluster): Promise<void> {
  if (session.sandbox) return;
  await refuseEmptyObject(cluster);
  const { platform } = await loadModel(cluster.modelFile);
  const { findTraces } = await import("../../stacks/aws/live/find-existing-cluster.js");
  const error = unknownCluster(cluster.id, platform.region, await findTraces(platform.region, cluster.id));
  if (error !== undefined) throw error;
}

/** The engine takes an object of 0 bytes for no state. @throws LF622, LF625 to LF630 */
async function refuseEmptyObject({ stackFile }: SynthesizedCluster): Promise<void> {
  const { describeBackend, readBackend } = await import("../state/backend.js");
  const backend = readBackend(JSON.parse(await readFile(stackFile, "utf8")));
  if (backend.kind !== "s3") return;
  const { isEmptyObject } = await import("../../stacks/aws/state/state-object.js");
  if (await isEmptyObject(backend)) throw emptyState(`the state in ${describeBackend(backend)}`);
}

/** What is said of traces; undefined where there are none. */
export function unknownCluster(
  cluster: string,
  region: string,
  { groups, settings }: Traces,
): LightfleetError | undefined {
  const found = [
    ...(groups.length > 0 ? [`autoscaling groups ${[...groups].sort().join(", ")}`] : []),
    ...(settings ? ["the settings of its VMs"] : []),
  ];
  if (found.length === 0) return undefined;
  return new LightfleetError(
    `the account has a cluster '${cluster}' in ${region} that this state knows nothing of (${found.join("; ")}): nothing was done`,
    {
      code: "LF621",
      kind: "config",
      hint:
        "its state is kept elsewhere: look at 'state' of the cluster in the program, and for the checkout that deployed it; " +
        "where a first run was cut off before it could note what it made, and only then, 'lightfleet deploy --allow-duplicate' makes it a second time",
    },
  );
}
