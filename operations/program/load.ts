import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LightfleetError } from "../../errors/error.js";
import { fileError } from "../../errors/file-error.js";
import { takeDraft, type Draft } from "./synthesis-draft.js";
import { bundleProgram } from "./bundle.js";
import { toProgramError } from "./program-error.js";
import { preloadLibrary } from "./preload.js";
import { isReport, offerHost, type SynthesisReport } from "./report.js";
import type { Project } from "./project.js";
import { enterProgram } from "./environment.js";

/** What is told of a program while it synthesizes. */
export interface ProgramListener {
  /** All that it describes. */
  drafted(draft: Draft): void;
  /** A cluster's Terraform JSON. Older versions of the library do not tell it. */
  produced(cluster: string, document: unknown): void;
}

/** That the program's output could not be written, which is no mistake of the program. */
function refusedOutput(error: unknown, { outdir }: Project): LightfleetError | undefined {
  const path = error instanceof Error && "path" in error ? String(error.path) : "";
  const below = path === outdir || path.startsWith(`${outdir}/`) || outdir.startsWith(`${path}/`);
  return path !== "" && below ? fileError(error) : undefined;
}

/**
 * Loads a JavaScript or TypeScript program into this process, and waits until it has synthesized.
 * @param listener hears of the program before anything is written; where it throws, nothing is
 * @throws LF040 what is wrong with the program, LF053 it cannot be read, LF054 it failed, LF055 it never synthesized,
 * LF640 its output cannot be written
 */
export async function loadProgram(
  project: Project,
  file: string,
  args: readonly string[],
  listener: ProgramListener,
): Promise<SynthesisReport> {
  // Before source maps are wanted, since Node would look for those of the library and of cdktf, too.
  const [bundle] = await Promise.all([bundleProgram({ dir: project.dir, file }), preloadLibrary(project.dir)]);
  let report: SynthesisReport | undefined;
  const takeBack = offerHost({
    outdir: project.outdir,
    drafted: (value) => {
      const draft = takeDraft(value);
      if (draft !== undefined) listener.drafted(draft);
    },
    produced: (cluster, document) => {
      listener.produced(cluster, document);
    },
    synthesized: (value) => {
      if (isReport(value))
        report = { outdir: value.outdir, clusters: [...(report?.clusters ?? []), ...value.clusters] };
    },
  });
  const stage = enterProgram(project, resolve(project.dir, file), args);
  try {
    process.setSourceMapsEnabled(true);
    await Promise.race([stage.failed, import(`${pathToFileURL(bundle.file).href}?${bundle.hash}`)]);
    // A program may synthesize later, in a promise that it does not wait for: then the event loop is not empty yet.
    if (report === undefined) await Promise.race([stage.failed, stage.idle]);
  } catch (error) {
    if (!(report !== undefined && stage.left(error)))
      throw refusedOutput(error, project) ?? toProgramError(error, project.dir, bundle.file);
  } finally {
    stage.leave();
    takeBack();
  }
  if (report !== undefined) return report;
  throw new LightfleetError(`the program ${file} ended without a call of 'app.synth()'`, {
    code: "LF055",
    kind: "config",
    hint: "call 'app.synth()' once, after all clusters are declared",
  });
}
