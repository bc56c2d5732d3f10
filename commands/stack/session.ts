import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { findEngine, locateEngine, type Engine } from "../../terraform/engine.js";
import { init } from "../../terraform/init.js";
import { isInitialized, markInitialized } from "../../terraform/initialized.js";
import { plan } from "../../terraform/plan.js";
import type { EngineContext } from "../../terraform/run.js";
import { showPlan } from "../../terraform/show.js";
import { summarize, type PlanSummary } from "../../terraform/summary.js";
import type { CommandContext } from "../context.js";
import { synth, type SynthesizedCluster } from "../synth.js";
import { selectClusters } from "./select.js";
import { Stopwatch } from "./stopwatch.js";

/** What deploy, diff and destroy start from. */
export interface SessionOptions {
  /** The clusters to work on; all of the program where empty. */
  readonly clusters: readonly string[];
  /** Work in the embedded cloud, and not in the account. */
  readonly sandbox: boolean;
}

export interface Session {
  readonly context: CommandContext;
  readonly engine: Engine;
  readonly sandbox: boolean;
  readonly clusters: readonly SynthesizedCluster[];
  readonly watch: Stopwatch;
}

/**
 * Synthesizes the program, and finds the engine meanwhile.
 * @throws LF065 at once where there is no engine, and what synthesizing throws
 */
export async function openSession(options: SessionOptions, context: CommandContext): Promise<Session> {
  const watch = new Stopwatch();
  await locateEngine(context.env, context.dir);
  const finding = findEngine(context.env, context.dir);
  finding.catch(() => undefined);
  context.host.progress({ type: "step", text: "synthesizing" });
  const { clusters, otherStacks } = await synth({ verbose: false }, context);
  for (const name of otherStacks)
    context.host.progress({ type: "note", text: `the stack '${name}' is no Lightfleet cluster: it is left to you` });
  const engine = await watch.forEngine(() => finding);
  return {
    context,
    engine,
    sandbox: options.sandbox,
    clusters: selectClusters(clusters, options.clusters),
    watch,
  };
}

/** A saved plan, and all that is needed to apply it. */
export interface PlannedStack {
  readonly engineContext: EngineContext;
  readonly planFile: string;
  readonly summary: PlanSummary;
  /** Whether there is anything to apply, be it outputs alone. */
  readonly changes: boolean;
  /** Forgets the saved plan, which may hold secrets. */
  discard(): Promise<void>;
}

const PLAN_FILE = "lightfleet.tfplan";

/** Plans a cluster, and reads the plan. The engine is initialized first where that is needed. */
export async function planStack(
  session: Session,
  cluster: SynthesizedCluster,
  options: { readonly destroy?: boolean } = {},
): Promise<PlannedStack> {
  const { context, watch } = session;
  const engineContext = await openWorkbench(session, cluster);
  const discard = (): Promise<void> => rm(join(engineContext.cwd, PLAN_FILE), { force: true });
  context.host.progress({ type: "step", text: `planning ${cluster.id}` });
  try {
    const { changes } = await watch.forEngine(() => plan(engineContext, { out: PLAN_FILE, ...options }));
    const json = await watch.forEngine(() => showPlan(engineContext, PLAN_FILE));
    const summary = summarize(json);
    context.host.progress({ type: "plan", cluster: cluster.id, summary });
    return { engineContext, planFile: PLAN_FILE, summary, changes, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** A cluster's folder with its engine ready to work there. */
export async function openWorkbench(session: Session, cluster: SynthesizedCluster): Promise<EngineContext> {
  const { context, engine, watch } = session;
  const json = await readFile(cluster.stackFile);
  const place = session.sandbox
    ? await openInSandbox(context, cluster.id, json)
    : { cwd: cluster.stackDir, env: context.env };
  const engineContext: EngineContext = {
    engine,
    ...place,
    signal: context.signal,
    onEvent: (event) => context.host.progress({ type: "engine", event }),
  };
  const settings = initSettings(JSON.parse(json.toString("utf8")));
  if (await isInitialized(engineContext, settings)) return engineContext;
  context.host.progress({ type: "step", text: `preparing ${engine.name} for ${cluster.id}` });
  // What init warns of is about its lock file, which is ours to keep: nobody needs to read it.
  await watch.forEngine(() => init({ ...engineContext, onEvent: () => undefined }));
  await markInitialized(engineContext, settings);
  return engineContext;
}

async function openInSandbox(context: CommandContext, cluster: string, json: Buffer) {
  const { openSandbox } = await import("../../sandbox/cloud.js");
  const { cwd, env } = await openSandbox(context.dir).prepare(cluster, json);
  return { cwd, env };
}

/** What `init` reads of Terraform JSON: backend, providers (also those that resource types imply), and modules. */
function initSettings(json: unknown): unknown {
  const root = isRecord(json) ? json : {};
  const types = ["resource", "data", "ephemeral"].flatMap((kind) => keysOf(root[kind]));
  const prefixes = types.map((type) => type.split("_")[0] ?? type);
  const modules = isRecord(root["module"]) ? Object.values(root["module"]) : [];
  return [
    root["terraform"] ?? null,
    keysOf(root["provider"]).sort(),
    [...new Set(prefixes)].sort(),
    modules.map((module) => (isRecord(module) ? [module["source"], module["version"]] : null)),
  ];
}

function keysOf(value: unknown): string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
