import { resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import type { PlanSummary } from "../terraform/summary.js";
import type { CommandContext, FleetProgress } from "./context.js";
import { guardData } from "./live/guard-data.js";
import { readPlanFile } from "./live/plan-file.js";
import { agree } from "./stack/agree.js";
import { applyStack, type OutputValue } from "./stack/apply-stack.js";
import { planStack, takeReviewed, type PlannedStack } from "./stack/plan-stack.js";
import { openSession, type Session, type SessionOptions } from "./stack/session.js";
import type { Timing } from "./stack/stopwatch.js";
import type { ClusterStatus } from "./status.js";
import type { SynthesizedCluster } from "./synth.js";

export interface DeployOptions extends SessionOptions {
  /** Apply without asking. */
  readonly yes: boolean;
  /** End only when the services run in their new versions, or have rolled back. */
  readonly wait: boolean;
  /** Names of what may be destroyed or replaced although it holds data. */
  readonly allowDestroy: readonly string[];
  /** Fleets, services, gateways or volumes to restrict the plan to; all where empty. */
  readonly target: readonly string[];
  /** Make a cluster a second time that the account has, and the state knows nothing of. */
  readonly anew: boolean;
  /** A file with reviewed plans, which are applied and no others. */
  readonly plan?: string | undefined;
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
  const reviewed = options.plan === undefined ? undefined : await readReviewed(options.plan, options, context);
  const session = await openSession(
    reviewed === undefined ? options : { ...options, clusters: [...reviewed.keys()] },
    context,
  );
  const clusters: DeployedCluster[] = [];
  for (const cluster of session.clusters) {
    const plan = reviewed?.get(cluster.id);
    const planned =
      plan === undefined
        ? await planStack(session, cluster, { targets: options.target, anew: options.anew })
        : await takeReviewed(session, cluster, plan, options.anew);
    clusters.push(await deployCluster(session, cluster, planned, options));
  }
  return { clusters, timing: session.watch.read() };
}

/** The plans of a file, by cluster: of those that are named, or of all. @throws LF603 where one is not in it */
async function readReviewed(file: string, { clusters, sandbox, target }: DeployOptions, { dir }: CommandContext) {
  const refuse = (message: string): LightfleetError => new LightfleetError(message, { code: "LF603", kind: "usage" });
  if (target.length > 0)
    throw refuse("a plan is applied as it was reviewed: '--target' has its place in 'diff --plan'");
  const plans = new Map((await readPlanFile(resolve(dir, file))).map((plan) => [plan.facts.id, plan]));
  const missing = clusters.find((id) => !plans.has(id));
  if (missing !== undefined)
    throw refuse(`'${file}' has no plan of '${missing}', only of ${[...plans.keys()].join(", ")}`);
  const strange = [...plans.values()].find(({ facts }) => facts.sandbox !== sandbox);
  if (strange !== undefined)
    throw refuse(`'${file}' was made ${strange.facts.sandbox ? "with" : "without"} '--sandbox'`);
  return new Map([...plans].filter(([id]) => clusters.length === 0 || clusters.includes(id)));
}

async function deployCluster(
  session: Session,
  cluster: SynthesizedCluster,
  planned: PlannedStack,
  options: DeployOptions,
): Promise<DeployedCluster> {
  const { yes, wait } = options;
  let outputs: DeployedCluster["outputs"] = {};
  if (planned.changes) {
    await guardData(session, cluster, planned, options);
    await agree(session, planned, yes, `apply these changes to ${cluster.id}?`);
    // Loaded while the engine works, so that nobody waits for it.
    if (session.sandbox) void import("./status.js");
    const waits = !session.sandbox && wait;
    const comeUp = waits && touchesFleets(planned.summary) ? await watchFleets(session, cluster, planned) : undefined;
    outputs = await applyStack(session, cluster.id, planned);
    await comeUp?.();
    if (waits && changesRelease(planned.summary)) await rollOut(session.context, cluster, outputs);
  } else {
    await planned.discard();
  }
  const done = { id: cluster.id, summary: planned.summary, applied: planned.changes, outputs };
  return session.sandbox ? { ...done, ...(await statusOf(session.context, cluster)) } : done;
}

/** Whether an apply makes or changes VMs. */
const touchesFleets = ({ changes }: PlanSummary): boolean =>
  changes.some(({ type, action }) => type === "aws_autoscaling_group" && action !== "destroy");

/** Looks how the VMs are replaced before an apply. @returns what waits for them after it, and tells how many are there */
async function watchFleets(
  { context: { host, signal } }: Session,
  { id, modelFile }: SynthesizedCluster,
  { discard }: PlannedStack,
): Promise<() => Promise<void>> {
  const [{ awaitFleets, endedRefreshes }, { loadModel }] = await Promise.all([
    import("./live/wait-fleets.js"),
    import("./rollout/model.js"),
  ]);
  const model = await loadModel(modelFile);
  const ended = await endedRefreshes(model).catch(async (error: unknown) => {
    await discard();
    throw error;
  });
  const onFleets = (fleets: readonly FleetProgress[]): void => host.progress({ type: "fleets", cluster: id, fleets });
  return () => {
    host.progress({ type: "step", text: `waiting for the VMs of ${id}` });
    return awaitFleets(model, { signal, onFleets, ended });
  };
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
