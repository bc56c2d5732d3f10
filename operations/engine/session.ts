import { findEngine, locateEngine, type Engine } from "../../terraform/engine.js";
import type { CommandContext } from "../context.js";
import { noteNumbers } from "../checks/record-numbers.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import { synthesize } from "../synthesis/synthesize.js";
import { selectClusters } from "./select-clusters.js";
import { Stopwatch } from "./timing.js";

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
  /** Those to work on, in the order in which they can be deployed. */
  readonly clusters: readonly SynthesizedCluster[];
  /** All of the program. */
  readonly all: readonly SynthesizedCluster[];
  readonly watch: Stopwatch;
}

/**
 * Synthesizes the program, and finds the engine meanwhile.
 * @throws LF065 at once where there is no engine, LF600 where the credentials belong to another account, LF625 to LF630
 * where AWS does not answer, and what synthesizing throws
 */
export async function openSession(
  options: SessionOptions,
  context: CommandContext,
  { note = false }: { readonly note?: boolean } = {},
): Promise<Session> {
  const watch = new Stopwatch();
  await locateEngine(context.env, context.dir);
  const finding = findEngine(context.env, context.dir);
  finding.catch(() => undefined);
  context.host.progress({ type: "step", text: "synthesizing" });
  const { clusters, otherStacks, models, lock } = await synthesize(context, {
    gate: options.clusters,
    rehearsal: options.sandbox,
  });
  if (note) await noteNumbers(models, lock, context);
  for (const name of otherStacks)
    context.host.progress({ type: "note", text: `the stack '${name}' is no Lightfleet cluster: it is left to you` });
  const selected = selectClusters(clusters, options.clusters);
  if (!options.sandbox) {
    const { guardAccounts } = await import("../account/verify-account.js");
    await guardAccounts(selected);
  }
  const engine = await watch.forEngine(() => finding);
  return { context, engine, sandbox: options.sandbox, clusters: selected, all: clusters, watch };
}
