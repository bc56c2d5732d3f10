import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LightfleetError, type Finding, type Model } from "lightfleet";
import { readModel } from "../../model/read.js";
import { readDocument, type Document } from "./document.js";

/** What a program wrote for one cluster. */
export interface Synthesized {
  readonly document: Document;
  readonly model: Model;
  /** The files as they are, to be compared to the byte. */
  readonly files: { readonly document: string; readonly model: string };
}

/** Runs a program and reads what it wrote for a cluster. */
export function synthesize(declare: (app: App) => void, cluster = "shop"): Synthesized {
  return withOutput((outdir) => {
    const app = new App({ outdir });
    declare(app);
    app.synth();
    return readCluster(outdir, cluster);
  });
}

/** Reads what a program wrote for a cluster. */
export function readCluster(outdir: string, cluster: string): Synthesized {
  const document = readFileSync(join(outdir, "stacks", cluster, "cdk.tf.json"), "utf8");
  const file = join(cluster, "model.json");
  const model = readFileSync(join(outdir, file), "utf8");
  return { document: readDocument(document), model: readModel(model, file), files: { document, model } };
}

/** Runs a program that is wrong, and gives all that was found. */
export function findingsOf(declare: (app: App) => void): readonly Finding[] {
  return errorOf(() => synthesize(declare)).findings;
}

/** The error of Lightfleet that an action throws. */
export function errorOf(action: () => unknown): LightfleetError {
  try {
    action();
  } catch (error) {
    if (LightfleetError.is(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** Runs with an output folder that is gone afterwards. */
export function withOutput<T>(action: (outdir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-synth-"));
  try {
    return action(join(dir, "cdktf.out"));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
