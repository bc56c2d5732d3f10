import { resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { outputs as readOutputs } from "../terraform/output.js";
import type { PlanSummary } from "../terraform/summary.js";
import type { CommandContext } from "../operations/context.js";
import type { ComeUp } from "../operations/apply/wait-ready.js";
import { guardData } from "../operations/plan/confirm-data-loss.js";
import { readPlanFile, type ReviewedPlan } from "../operations/plan/plan-file.js";
import { agree } from "../operations/apply/confirm.js";
import { atEngine } from "../operations/engine/run-engine.js";
import { applyStack, type OutputValue } from "../operations/apply/apply-stack.js";
import { inTurn } from "../operations/engine/for-each-cluster.js";
import { openReviewed, planStack, takeReviewed, targetsOf, type PlannedStack } from "../operations/plan/plan-stack.js";
import { openSession, type Session, type SessionOptions } from "../operations/engine/session.js";
import type { Timing } from "../operations/engine/timing.js";
import type { ClusterStatus } from "./status.js";
import type { SynthesizedCluster } from "./synth.js";

export interface DeployOptions extends SessionOptions {
  /** Apply without asking. */
  readonly yes: boolean;
  /** End only when VMs are there and the services run, or a release has failed: also where nothing is to be applied. */
  readonly wait: boolean;
  /** Names of what may be destroyed or replaced although it holds data. */
  readonly allowDestroy: readonly string[];
  /** Fleets, services, gateways or volumes to restrict the plan to; all where empty. */
  readonly target: readonly string[];
  /** Make a cluster a second time that the account has, and the state knows nothing of. */
  readonly allowDuplicate: boolean;
  /** A file with reviewed plans, which are applied and no others. */
  readonly plan?: string | undefined;
}

export interface DeployedCluster {
  readonly id: string;
  readonly summary: PlanSummary;
  /** False where there was nothing to do. */
  readonly applied: boolean;
  /** What the cluster offers, also where nothing was applied. */
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
 * @throws LF059 when the answer is no, LF606 and LF075 where VMs or services do not come up, and what synthesizing and the engine throw
 */
export async function deploy(options: DeployOptions, context: CommandContext): Promise<DeployResult> {
  const reviewed = options.plan === undefined ? undefined : await readReviewed(options.plan, options, context);
  const session = await openSession(
    reviewed === undefined ? options : { ...options, clusters: [...reviewed.keys()] },
    context,
    { note: true },
  );
  await refuseBefore(session, options, reviewed);
  const clusters = await inTurn<SynthesizedCluster, DeployedCluster>(
    session.clusters,
    "deployed",
    async (cluster, begin, reached) => {
      const plan = reviewed?.get(cluster.id);
      const planned =
        plan === undefined
          ? await planStack(session, cluster, { targets: options.target, allowDuplicate: options.allowDuplicate })
          : await takeReviewed(session, cluster, plan, options.allowDuplicate);
      return deployCluster(session, cluster, planned, options, { begin, reached });
    },
  );
  return { clusters, timing: session.watch.read() };
}

/**
 * What would end the work between two clusters is found before the first is changed.
 * @throws LF602 where a reviewed plan is stale, LF605 where a target is none
 */
async function refuseBefore(
  session: Session,
  { target }: DeployOptions,
  reviewed: ReadonlyMap<string, ReviewedPlan> | undefined,
): Promise<void> {
  if (session.clusters.length < 2) return;
  for (const cluster of session.clusters) {
    await targetsOf(session, cluster, target);
    const plan = reviewed?.get(cluster.id);
    if (plan !== undefined) await openReviewed(session, cluster, plan);
  }
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
  { begin, reached }: { readonly begin: () => void; readonly reached: (result: DeployedCluster) => void },
): Promise<DeployedCluster> {
  const { yes, wait } = options;
  let outputs: DeployedCluster["outputs"] | undefined;
  let comeUp: ComeUp | undefined;
  try {
    if (planned.changes) {
      if (!session.sandbox)
        await (await import("../operations/plan/verify-ingress.js")).verifyIngress(session, cluster, planned);
      await guardData(session, cluster, planned, options);
      await agree(session, planned, yes, cluster.id, `apply these changes to ${cluster.id}?`);
    }
    // Loaded while the engine works, so that nobody waits for it.
    if (session.sandbox) void import("../operations/status/sandbox.js");
    if (!session.sandbox && wait)
      comeUp = await (await import("../operations/apply/wait-ready.js")).prepareComeUp(session, cluster, planned);
    if (planned.changes) {
      begin();
      outputs = await applyStack(session, cluster.id, planned);
    }
  } finally {
    await planned.discard();
  }
  outputs ??= await atEngine(session, cluster.id, () => readOutputs(planned.engineContext));
  const shown = Object.entries(outputs).map(([name, { sensitive, value }]) => [
    name,
    sensitive ? { sensitive } : { sensitive, value },
  ]);
  const done = {
    ...{ id: cluster.id, summary: planned.summary, applied: planned.changes },
    outputs: Object.fromEntries(shown),
  };
  reached(done);
  await comeUp?.(outputs);
  return session.sandbox ? { ...done, ...(await statusOf(session.context, cluster)) } : done;
}

/** The status, if it can be had: what was applied is applied, whether it can be shown or not. */
async function statusOf(
  context: CommandContext,
  cluster: SynthesizedCluster,
): Promise<{ readonly status?: ClusterStatus }> {
  const { sandboxStatus } = await import("../operations/status/sandbox.js");
  try {
    return { status: await sandboxStatus(context.dir, cluster) };
  } catch (error) {
    if (!LightfleetError.is(error)) throw error;
    context.host.progress({ type: "note", text: `the status cannot be shown: ${error.message}` });
    return {};
  }
}
