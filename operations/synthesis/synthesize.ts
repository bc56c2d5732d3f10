import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Rule } from "../../checks/rule.js";
import type { PolicyModel } from "../../model/policy.js";
import type { Lock } from "../../model/lock.js";
import type { Model } from "../../model/schema.js";
import { policiesOf, readDraft, type Draft } from "../program/synthesis-draft.js";
import { judge, refuseErrors, type ClusterChecks } from "../checks/evaluate.js";
import { readProjectLock } from "../checks/project-lock.js";
import { refuseUnproven } from "../checks/verify-reachability.js";
import type { CommandContext } from "../context.js";
import { readEntry } from "../program/entry.js";
import { noteSynthesis } from "../program/last-synthesis.js";
import { loadProgram } from "../program/load.js";
import { readProject } from "../program/project.js";
import { runShellApp } from "../program/shell.js";
import { findWritten, type Written } from "../program/output-folder.js";

/** What checking needs beside what synth tells. */
export interface CheckedSynthesis extends Written {
  readonly outdir: string;
  readonly checks: readonly ClusterChecks[];
  /** Rules that the program adds. */
  readonly rules: readonly Rule[];
  readonly models: readonly Model[];
  /** What blocks a change in a preview. */
  readonly policies: readonly PolicyModel[];
  /** The project's lock file as it was, or null where it has none. */
  readonly lock: Lock | null;
}

export interface SynthesisOptions {
  /** Whether errors of the checks end it, before anything is written: those of these clusters, of all where none is named. */
  readonly gate: readonly string[] | false;
  /** The day to check for. */
  readonly today?: string;
  /** Whether it is for the sandbox, which has what an account would give: images, say. @default false */
  readonly rehearsal?: boolean;
  /** Whether what is written is for this run alone, and not for commands that look at it later. @default false */
  readonly temporary?: boolean;
}

/** What ends a synthesis where it has errors. */
const gated = (checks: readonly ClusterChecks[], gate: SynthesisOptions["gate"]): readonly ClusterChecks[] =>
  gate === false ? [] : checks.filter(({ cluster }) => gate.length === 0 || gate.includes(cluster));

/**
 * Runs the program, checks what it describes, and writes Terraform JSON and models below its output folder.
 * @throws LF060 where the checks find errors, LF097 where what was written is not what was declared, and what reading the
 * project and running its program throw
 */
export async function synthesize(context: CommandContext, options: SynthesisOptions): Promise<CheckedSynthesis> {
  const project = await readProject(context.dir, context.env);
  const lock = await readProjectLock(project.dir);
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  let checks: ClusterChecks[] = [];
  let rules: readonly Rule[] = [];
  let policies: readonly PolicyModel[] = [];
  const models = new Map<string, Model>();
  const onDraft = (draft: Draft): void => {
    checks = judge(draft, { today, lock, rehearsal: options.rehearsal ?? false });
    rules = draft.rules;
    policies = policiesOf(draft);
    for (const { model } of draft.clusters) models.set(model.cluster, model);
    refuseErrors(gated(checks, options.gate));
  };

  const note = async (outdir: string, { clusters }: Written): Promise<void> => {
    if (options.temporary !== true) await noteSynthesis(project, { outdir, clusters: clusters.map(({ id }) => id) });
  };

  const proven = new Set<string>();
  const onProduced = (cluster: string, document: unknown): void => {
    const model = models.get(cluster);
    if (model === undefined) return;
    refuseUnproven(model, document);
    proven.add(cluster);
  };
  // Of what another process or another version of the library wrote, nothing was told.
  const proveWritten = async ({ clusters }: Written): Promise<void> => {
    for (const { id, stackFile } of clusters)
      if (!proven.has(id)) onProduced(id, JSON.parse(await readFile(stackFile, "utf8")));
  };

  const entry = readEntry(project.app);
  if (entry.kind === "shell") {
    await runShellApp(project, entry.command, context.env);
    const written = await findWritten(project);
    await note(project.outdir, written);
    onDraft(await readDraft(written.clusters));
    await proveWritten(written);
    return { outdir: project.outdir, ...written, checks, rules, policies, models: [...models.values()], lock };
  }
  const report = await loadProgram(project, entry.file, entry.args, { drafted: onDraft, produced: onProduced });
  const outdir = resolve(project.dir, report.outdir);
  const written = await findWritten({ dir: project.dir, outdir }, report.clusters);
  await note(outdir, written);
  await proveWritten(written);
  return { outdir, ...written, checks, rules, policies, models: [...models.values()], lock };
}
