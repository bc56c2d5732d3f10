import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IStackSynthesizer, ISynthesisSession } from "cdktf";
import { writeModel } from "../model/write.js";
import type { Cluster } from "./cluster.js";

/** Where a cluster's model is written, below the output folder. */
export const modelFile = (cluster: string): string => join(cluster, "model.json");

/** Writes the cluster's model beside what cdktf writes. */
export class ClusterSynthesizer implements IStackSynthesizer {
  constructor(
    private readonly cluster: Cluster,
    private readonly inner: IStackSynthesizer,
  ) {}

  synthesize(session: ISynthesisSession): void {
    this.inner.synthesize(session);
    const { name, model } = this.cluster;
    mkdirSync(join(session.outdir, name), { recursive: true });
    writeFileSync(join(session.outdir, modelFile(name)), writeModel(model));
  }
}
