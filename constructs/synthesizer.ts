import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IStackSynthesizer, ISynthesisSession } from "cdktf";
import { writeModel } from "../model/write.js";
import type { Cluster } from "./cluster.js";
import { findHost } from "./host.js";

/** Where a cluster's model is written, below the output folder. */
export const modelFile = (cluster: string): string => join(cluster, "model.json");

/**
 * Writes the cluster's Terraform JSON, and its model beside it. cdktf's own synthesizer does all that comes before
 * (Aspects, validations, annotations); the document itself it would sort once more, key by key, as it writes.
 */
export class ClusterSynthesizer implements IStackSynthesizer {
  constructor(
    private readonly cluster: Cluster,
    private readonly inner: IStackSynthesizer,
  ) {}

  synthesize(session: ISynthesisSession): void {
    const { name, model } = this.cluster;
    let document: Readonly<Record<string, unknown>> = {};
    this.cluster.takeDocument(
      () => {
        this.inner.synthesize(session);
      },
      (made) => {
        findHost()?.produced?.(name, made);
        document = made;
      },
    );
    const { synthesizedStackPath } = session.manifest.forStack(this.cluster);
    writeFileSync(join(session.outdir, synthesizedStackPath), `${JSON.stringify(document, null, 2)}\n`);
    mkdirSync(join(session.outdir, name), { recursive: true });
    writeFileSync(join(session.outdir, modelFile(name)), writeModel(model));
  }
}
