import { LightfleetError } from "../errors/error.js";
import type { PlanSummary } from "../terraform/summary.js";
import type { CommandContext } from "./context.js";
import { agree } from "./stack/agree.js";
import { applyStack, type OutputValue } from "./stack/apply-stack.js";
import { openSession, planStack, type Session, type SessionOptions } from "./stack/session.js";
import type { Timing } from "./stack/stopwatch.js";
import type { ClusterStatus } from "./status.js";
import type { SynthesizedCluster } from "./synth.js";

export interface DeployOptions extends SessionOptions {
  /** Apply without asking. */
  readonly yes: boolean;
  /** End only when the services run in their new versions, or have rolled back. */
  readonly wait: boolean;
}

export interface DeployedCluster {
  readonly id: string;
  readonly summary: PlanSummary;
  /** False where there was nothing to do. */
  readonly applied: boolean;
  /** What the cluster offers; empty where nothing was applied. */
  readonly outputs: Readonly<Record<string, OutputValue>>;
  /** In the sandbox only, and where it can be read. */
  readonly status?: ClusterStatus;
}

export interface DeployResult {
  readonly clusters: readonly DeployedCluster[];
  readonly timing: Timing;
}

/**
 * Synthesizes, plans, shows the plan, asks, and applies that plan: one cluster after the other.
 * @throws LF059 when the answer is no, LF075 where the services do not come up, and what synthesizing and the engine throw
 */
export async function deploy(options: DeployOptions, context: CommandContext): Promise<DeployResult> {
  const session = await openSession(options, context);
  const clusters: DeployedCluster[] = [];
  for (const cluster of session.clusters) clusters.push(await deployCluster(session, cluster, options));
  return { clusters, timing: session.watch.read() };
}

async function deployCluster(
  session: Session,
  cluster: SynthesizedCluster,
  { yes, wait }: DeployOptions,
): Promise<DeployedCluster> {
  const planned = await planStack(session, cluster);
  let outputs: DeployedCluster["outputs"] = {};
  if (planned.changes) {
    await agree(session, planned, yes, `apply these changes to ${cluster.id}?`);
    // Loaded while the engine works, so that nobody waits for it.
    if (session.sandbox) void import("./status.js");
    outputs = await applyStack(session, cluster.id, planned);
    if (!session.sandbox && wait && changesRelease(planned.summary)) await rollOut(session.context, cluster, outputs);
  } else {
    await planned.discard();
  }
  const done = { id: cluster.id, summary: planned.summary, applied: planned.changes, outputs };
  return session.sandbox ? { ...done, ...(await statusOf(session.context, cluster)) } : done;
}

/** Whether an apply puts another release. */
const changesRelease = ({ changes }: PlanSummary): boolean =>
  changes.some(({ address, action }) => address === "aws_s3_object.release" && action !== "destroy");

/** Waits for the managers, and tells meanwhile how each service fares. */
async function rollOut(
  { host, signal }: CommandContext,
  { id, modelFile }: SynthesizedCluster,
  { bucket }: DeployedCluster["outputs"],
): Promise<void> {
  if (typeof bucket?.value !== "string") return;
  const [{ bucketSource }, { awaitRelease }, { loadModel }] = await Promise.all([
    import("./rollout/source.js"),
    import("./rollout/wait.js"),
    import("./rollout/model.js"),
  ]);
  const { platform } = await loadModel(modelFile);
  host.progress({ type: "step", text: `waiting for the services of ${id}` });
  await awaitRelease(id, bucketSource(bucket.value, platform.region), {
    signal,
    onStatus: ({ services }) =>
      host.progress({
        type: "rollout",
        cluster: id,
        simulated: false,
        services: Object.entries(services).map(([service, { state, running, desired, error }]) => ({
          ...{ id: service, state, running, desired },
          ...(error !== undefined && { error }),
        })),
      }),
  });
}

/** The status, if it can be had: what was applied is applied, whether it can be shown or not. */
async function statusOf(
  context: CommandContext,
  cluster: SynthesizedCluster,
): Promise<{ readonly status?: ClusterStatus }> {
  const { clusterStatus } = await import("./status.js");
  try {
    return { status: await clusterStatus(context.dir, cluster) };
  } catch (error) {
    if (!LightfleetError.is(error)) throw error;
    context.host.progress({ type: "note", text: `the status cannot be shown: ${error.message}` });
    return {};
  }
}
