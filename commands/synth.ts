import { resolve } from "node:path";
import type { CommandContext } from "./context.js";
import { readEntry } from "./program/entry.js";
import { loadProgram } from "./program/load.js";
import { readProject } from "./program/project.js";
import { runShellApp } from "./program/shell.js";
import { findWritten, type Written } from "./program/written.js";

export type { SynthesizedCluster } from "./program/written.js";

export interface SynthResult extends Written {
  /** Absolute. */
  readonly outdir: string;
}

/**
 * Runs the project's program, which writes Terraform JSON and models below its output folder.
 * @throws what reading the project and running its program throw
 */
export async function synth(context: CommandContext): Promise<SynthResult> {
  const project = await readProject(context.dir, context.env);
  const entry = readEntry(project.app);
  if (entry.kind === "shell") {
    await runShellApp(project, entry.command, context.env);
    return { outdir: project.outdir, ...(await findWritten(project)) };
  }
  const report = await loadProgram(project, entry.file, entry.args);
  const outdir = resolve(project.dir, report.outdir);
  return { outdir, ...(await findWritten({ dir: project.dir, outdir }, report.clusters)) };
}
