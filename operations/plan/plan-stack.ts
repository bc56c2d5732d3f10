import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { builtProvider } from "../../sandbox/mirror.js";
import { readTables } from "../../sandbox/tables.js";
import type { PlanJson } from "../../terraform/plan-schema.js";
import { plan } from "../../terraform/plan.js";
import type { EngineContext } from "../../terraform/run.js";
import { showPlan } from "../../terraform/show.js";
import { pullState } from "../../terraform/state.js";
import { withoutValues } from "../hidden-values.js";
import { summarize, type PlanSummary } from "../../terraform/summary.js";
import { driftedAddresses, findDrift } from "../drift/find.js";
import { refuseCompany, type Part } from "../../stacks/aws/plan/unintended-changes.js";
import type { Standing } from "../../stacks/aws/plan/data-loss.js";
import { programFacts, refuseStale, stateFacts } from "./stale-plan.js";
import { leftBehind } from "../../stacks/aws/plan/orphaned-volumes.js";
import { deployedMounts } from "../../stacks/aws/plan/mounts.js";
import type { ReviewedPlan } from "./plan-file.js";
import { priorAddresses, priorSizes } from "../../stacks/aws/plan/prior-state.js";
import { refuseOtherFormat } from "../state/state-format.js";
import { awsClassifier } from "../../stacks/aws/plan/classifier.js";
import { strangers, targetAddresses } from "../../stacks/aws/plan/targets.js";
import { refuseUnknown } from "./untracked-cluster.js";
import { loadModel } from "../program/load-model.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import { atEngine } from "../engine/run-engine.js";
import { freePlanFile } from "../engine/plan-folder.js";
import type { Session } from "../engine/session.js";
import { openWorkbench } from "../engine/workspace.js";

/** A saved plan, and all that is needed to apply it. */
export interface PlannedStack {
  readonly engineContext: EngineContext;
  readonly planFile: string;
  readonly summary: PlanSummary;
  /** Whether there is anything to apply, be it outputs alone. */
  readonly changes: boolean;
  /** What is deployed before the plan is applied. */
  readonly standing: Standing;
  /** Forgets the saved plan, which may hold secrets. */
  discard(): Promise<void>;
}

export interface PlanRequest {
  /** Plan the end of everything. @default false */
  readonly destroy?: boolean;
  /** Fleets, services, gateways or volumes to restrict the plan to. @default all */
  readonly targets?: readonly string[];
  /** Make the cluster a second time where the account has one that the state knows nothing of. @default false */
  readonly allowDuplicate?: boolean;
}

/**
 * Plans a cluster, and reads the plan. The engine is initialized first where that is needed.
 * @throws LF605 where a target is none, or would take others along, LF621 where the account has the cluster and the state
 * does not, and what the engine throws
 */
export async function planStack(
  session: Session,
  cluster: SynthesizedCluster,
  { destroy = false, targets = [], allowDuplicate = false }: PlanRequest = {},
): Promise<PlannedStack> {
  const part = await targetsOf(session, cluster, targets);
  const engineContext = await openWorkbench(session, cluster);
  const planFile = await freePlanFile(engineContext.cwd);
  session.context.host.progress({ type: "step", text: `planning ${cluster.id}` });
  try {
    const planning = (): ReturnType<typeof plan> =>
      plan(engineContext, { out: planFile, destroy, targets: part?.addresses ?? [] });
    const { changes } = await atEngine(session, cluster.id, planning);
    return await readPlan(session, cluster, engineContext, planFile, {
      ...{ changes, allowDuplicate, whole: part === undefined, part },
    });
  } catch (error) {
    await rm(join(engineContext.cwd, planFile), { force: true });
    throw error;
  }
}

/**
 * What a plan is restricted to; undefined where no target is named. A service that the program has no more is looked for
 * among those that are deployed.
 * @throws LF605
 */
export async function targetsOf(
  session: Session,
  cluster: SynthesizedCluster,
  names: readonly string[],
): Promise<Target | undefined> {
  if (names.length === 0) return undefined;
  const [root, model] = [await readRoot(cluster), await loadModel(cluster.modelFile)];
  const gone = strangers(model, names).length === 0 ? [] : await deployedServices(session, cluster);
  return { root, model, names, addresses: targetAddresses(root, model, names, gone) };
}

type Target = Omit<Part, "state">;

/** The services of the release that the state holds. */
async function deployedServices(session: Session, cluster: SynthesizedCluster): Promise<string[]> {
  const engineContext = await openWorkbench(session, cluster);
  const { parseState } = await import("../../stacks/aws/plan/deployed.js");
  const state = await atEngine(session, cluster.id, () => pullState(engineContext));
  return [...(parseState(state)?.services?.keys() ?? [])];
}

/** Makes ready for a plan that was reviewed. @throws LF602 where it is stale, and what the engine throws */
export async function openReviewed(
  session: Session,
  cluster: SynthesizedCluster,
  { facts }: ReviewedPlan,
): Promise<EngineContext> {
  const engineContext = await openWorkbench(session, cluster);
  session.context.host.progress({ type: "step", text: `reading the plan of ${cluster.id}` });
  const state = stateFacts(await atEngine(session, cluster.id, () => pullState(engineContext)));
  refuseStale(facts, { state, program: programFacts(await readRoot(cluster)) });
  return engineContext;
}

/** Lays out a plan that was reviewed. @throws LF602 where it is stale, LF621 as above, and what the engine throws */
export async function takeReviewed(
  session: Session,
  cluster: SynthesizedCluster,
  reviewed: ReviewedPlan,
  allowDuplicate = false,
): Promise<PlannedStack> {
  const { facts, plan: bytes } = reviewed;
  const engineContext = await openReviewed(session, cluster, reviewed);
  const planFile = await freePlanFile(engineContext.cwd);
  try {
    await writeFile(join(engineContext.cwd, planFile), bytes, { mode: 0o600 });
    return await readPlan(session, cluster, engineContext, planFile, {
      changes: facts.changes,
      allowDuplicate,
      whole: false,
    });
  } catch (error) {
    await rm(join(engineContext.cwd, planFile), { force: true });
    throw error;
  }
}

/** Makes of a plan what can be reviewed now and applied later. */
export async function toReviewed(
  session: Session,
  cluster: SynthesizedCluster,
  { engineContext, planFile, changes, summary }: PlannedStack,
): Promise<ReviewedPlan> {
  const { name, version } = session.engine;
  const state = stateFacts(await atEngine(session, cluster.id, () => pullState(engineContext)));
  const program = programFacts(await readRoot(cluster));
  const plan = await readFile(join(engineContext.cwd, planFile));
  return {
    facts: {
      ...{ id: cluster.id, sandbox: session.sandbox, engine: { name, version }, state, program, changes },
      touches: summary.changes.map(({ address }) => address),
    },
    plan,
  };
}

interface Reading {
  readonly changes: boolean;
  readonly allowDuplicate: boolean;
  /** Whether the plan is one of all that the program has. */
  readonly whole: boolean;
  readonly part?: Target | undefined;
}

async function readPlan(
  session: Session,
  cluster: SynthesizedCluster,
  engineContext: EngineContext,
  planFile: string,
  { changes, allowDuplicate, whole, part }: Reading,
): Promise<PlannedStack> {
  const json = await atEngine(session, cluster.id, () => showPlan(engineContext, planFile));
  refuseOtherFormat(cluster.id, json);
  if (!allowDuplicate) await refuseUnknown(session, cluster, json);
  const tables = readTables(builtProvider());
  const drifted = driftedAddresses(findDrift(json, await readRoot(cluster), { tables, whole }));
  const summed = summarize(json, awsClassifier, drifted);
  const summary = { ...summed, changes: summed.changes.map((change) => withoutValues(change, awsClassifier)) };
  session.context.host.progress({ type: "plan", cluster: cluster.id, summary });
  if (whole) refuseForeign(cluster.id, json, summary);
  if (part !== undefined) refuseCompany(summary, { ...part, state: priorAddresses(json) });
  const discard = (): Promise<void> => rm(join(engineContext.cwd, planFile), { force: true });
  const left = await leftBehind(json, () => loadModel(cluster.modelFile));
  const standing = { mounts: deployedMounts(json), sizes: priorSizes(json), left };
  return { engineContext, planFile, summary, changes, standing, discard };
}

/**
 * A plan that would take away all that is in the state, and make all of the program, speaks of two different things: the
 * state is another program's, or of a Lightfleet that named resources otherwise.
 * @throws LF617
 */
function refuseForeign(cluster: string, { resource_changes }: PlanJson, { counts }: PlanSummary): void {
  const kept = resource_changes.some(
    ({ mode, change: { actions } }) =>
      mode === "managed" && actions.some((action) => action !== "create" && action !== "delete"),
  );
  if (kept || counts.replace > 0 || counts.destroy === 0 || counts.create === 0) return;
  throw new LightfleetError(
    `nothing of what the state of ${cluster} holds is in the program: the plan would destroy all of it (${counts.destroy}) and begin anew`,
    {
      code: "LF617",
      kind: "config",
      hint: "it is another program's state, or of a Lightfleet that named resources otherwise: name what was renamed in 'moved' blocks, or 'lightfleet destroy' it with the program that made it",
    },
  );
}

const readRoot = async ({ stackFile }: SynthesizedCluster): Promise<unknown> =>
  JSON.parse(await readFile(stackFile, "utf8"));
