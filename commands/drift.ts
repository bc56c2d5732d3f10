import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { builtProvider } from "../sandbox/mirror.js";
import { readTables } from "../sandbox/tables.js";
import { plan } from "../terraform/plan.js";
import { showPlan } from "../terraform/show.js";
import type { CommandContext } from "../operations/context.js";
import { refuseOtherFormat } from "../operations/state/state-format.js";
import { refuseUnknown } from "../operations/plan/untracked-cluster.js";
import { findDrift, type DriftedResource } from "../operations/drift/find.js";
import type { SynthesizedCluster } from "../operations/program/output-folder.js";
import { atEngine } from "../operations/engine/run-engine.js";
import { freePlanFile } from "../operations/engine/plan-folder.js";
import { openSession, type Session, type SessionOptions } from "../operations/engine/session.js";
import type { Timing } from "../operations/engine/timing.js";
import { openWorkbench } from "../operations/engine/workspace.js";

export type { AddedEntry } from "../stacks/aws/plan/unmanaged-entries.js";
export type { DriftedAttribute, DriftedResource } from "../operations/drift/find.js";

export interface ClusterDrift {
  readonly id: string;
  /** Whether the state holds anything. */
  readonly deployed: boolean;
  /** What differs from what the program declares, by address. */
  readonly resources: readonly DriftedResource[];
  /**
   * The command that makes it as declared again; absent where nothing drifted that a deploy puts right. What somebody added
   * has a command of its own.
   */
  readonly fix?: string;
}

export interface DriftResult {
  /** Whether anything was changed that the program declares, or added to it. */
  readonly drift: boolean;
  readonly clusters: readonly ClusterDrift[];
  readonly timing: Timing;
}

/**
 * Looks at every resource, and says what was changed outside of the program, attribute by attribute. Nothing is changed, the
 * state neither.
 * @throws LF621 where the account has a cluster and the state does not, and what synthesizing and the engine throw
 */
export async function drift(options: SessionOptions, context: CommandContext): Promise<DriftResult> {
  const session = await openSession(options, context);
  const clusters: ClusterDrift[] = [];
  for (const cluster of session.clusters) {
    const { deployed, resources } = await driftOf(session, cluster);
    const fix = `lightfleet deploy ${cluster.id}${options.sandbox ? " --sandbox" : ""}`;
    clusters.push({ id: cluster.id, deployed, resources, ...(resources.some(isPutRight) && { fix }) });
  }
  const drift = clusters.some(({ resources }) => resources.some(({ declared }) => declared));
  return { drift, clusters, timing: session.watch.read() };
}

/** Whether a deploy puts any of it right. */
const isPutRight = ({ what, attributes }: DriftedResource): boolean =>
  what === "gone" || attributes.some(({ declared }) => declared);

async function driftOf(
  session: Session,
  cluster: SynthesizedCluster,
): Promise<Pick<ClusterDrift, "deployed" | "resources">> {
  const { context } = session;
  const engineContext = await openWorkbench(session, cluster);
  const planFile = await freePlanFile(engineContext.cwd);
  context.host.progress({ type: "step", text: `looking at what there is of ${cluster.id}` });
  try {
    await atEngine(session, cluster.id, () => plan(engineContext, { out: planFile, refreshOnly: true }));
    const json = await atEngine(session, cluster.id, () => showPlan(engineContext, planFile));
    refuseOtherFormat(cluster.id, json);
    const empty = await refuseUnknown(session, cluster, json);
    const tables = readTables(builtProvider());
    const resources = findDrift(json, JSON.parse(await readFile(cluster.stackFile, "utf8")), { tables });
    // A state is read together with what is there: where all of it is gone, only the drift still says that it was deployed.
    return { deployed: !empty || resources.length > 0, resources };
  } finally {
    await rm(join(engineContext.cwd, planFile), { force: true });
  }
}
