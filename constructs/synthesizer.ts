import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IStackSynthesizer, ISynthesisSession } from "cdktf";
import { writeModel } from "../model/write.js";
import type { Cluster } from "./cluster.js";
import { firstAddress, holdsAddress } from "./address.js";
import { throwProblems } from "./diagnostics.js";
import { findHost } from "./host.js";
import { Border } from "./props-validator.js";

/**
 * Ends the synthesis where an address stands in a resource of the program's own.
 * @throws LF040 with where the address was taken
 */
function refuseAddresses(cluster: Cluster, document: string): void {
  const address = firstAddress(document);
  const { at } = address ?? { at: cluster.declared };
  new Border(cluster, at).refuse(
    "LF077",
    "the address of a service, or of a host outside, stands in a resource of Terraform: it is for values of a service (env, args, files and health commands)",
    "write the text itself; 'name' is the name of a service",
  );
  throwProblems(cluster);
}

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
    let text = "";
    this.cluster.takeDocument(
      () => {
        this.inner.synthesize(session);
      },
      (made) => {
        text = `${JSON.stringify(made, null, 2)}\n`;
        if (holdsAddress(text)) refuseAddresses(this.cluster, text);
        findHost()?.produced?.(name, made);
      },
    );
    const { synthesizedStackPath } = session.manifest.forStack(this.cluster);
    writeFileSync(join(session.outdir, synthesizedStackPath), text);
    mkdirSync(join(session.outdir, name), { recursive: true });
    writeFileSync(join(session.outdir, modelFile(name)), writeModel(model));
  }
}
