import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { plan } from "../terraform/plan.js";
import { showPlan } from "../terraform/show.js";
import type { CommandContext } from "./context.js";
import { refuseOtherFormat } from "./live/state-format.js";
import { findDrift, type DriftedResource } from "./drift/find.js";
import type { SynthesizedCluster } from "./program/written.js";
import { atEngine } from "./stack/at-engine.js";
import { freePlanFile } from "./stack/plan-folder.js";
import { openSession, type Session, type SessionOptions } from "./stack/session.js";
import type { Timing } from "./stack/stopwatch.js";
import { openWorkbench } from "./stack/workbench.js";

export type { DriftedAttribute, DriftedResource } from "./drift/find.js";

export interface ClusterDrift {
  readonly id: string;
  /** What differs from what the program declares, by address. */
  readonly resources: readonly DriftedResource[];
  /** The command that makes it as declared again; absent where nothing drifted. */
  readonly fix?: string;
}

export interface DriftResult {
  /** Whether anything was changed that the program declares. */
  readonly drift: boolean;
  readonly clusters: readonly ClusterDrift[];
  readonly timing: Timing;
}

/**
 * Looks at every resource, and says what was changed outside of the program, attribute by attribute. Nothing is changed, the
 * state neither.
 * @throws what synthesizing and the engine throw
 */
export async function drift(options: SessionOptions, context: CommandContext): Promise<DriftResult> {
  const session = await openSession(options, context);
  const clusters: ClusterDrift[] = [];
  for (const cluster of session.clusters) {
    const resources = await driftOf(session, cluster);
    const declared = resources.some((resource) => resource.declared);
    const fix = `lightfleet deploy ${cluster.id}${options.sandbox ? " --sandbox" : ""}`;
    clusters.push({ id: cluster.id, resources, ...(declared && { fix }) });
  }
  return { drift: clusters.some(({ fix }) => fix !== undefined), clusters, timing: session.watch.read() };
}

async function driftOf(session: Session, cluster: SynthesizedCluster): Promise<DriftedResource[]> {
  const { context } = session;
  const engineContext = await openWorkbench(session, cluster);
  const planFile = await freePlanFile(engineContext.cwd);
  context.host.progress({ type: "step", text: `looking at what there is of ${cluster.id}` });
  try {
    await atEngine(session, () => plan(engineContext, { out: planFile, refreshOnly: true }), cluster.id);
    const json = await atEngine(session, () => showPlan(engineContext, planFile));
    refuseOtherFormat(cluster.id, json);
    return findDrift(json, JSON.parse(await readFile(cluster.stackFile, "utf8")));
  } finally {
    await rm(join(engineContext.cwd, planFile), { force: true });
  }
}
