import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as cdktf from "cdktf";
import { isCluster } from "./element.js";
import { findHost } from "./host.js";
import { problemsOf, report, throwProblems } from "./problems.js";
import { capture } from "./source.js";
import { modelFile } from "./synthesizer.js";

/** Options of an {@link App}. */
export interface AppProps {
  /** Folder that is written to. @default the `CDKTF_OUTDIR` of the environment, else "cdktf.out" */
  readonly outdir?: string;
}

/** A program: one cluster or several. */
export class App extends cdktf.App {
  private readonly declared = capture(App as unknown as (...args: never[]) => unknown);

  constructor(props: AppProps = {}) {
    const outdir = props.outdir ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
    mkdirSync(outdir, { recursive: true });
    super({ outdir });
  }

  /**
   * Checks all that was declared, and writes for each cluster its model and its Terraform JSON.
   * @throws LF040 with everything that is wrong with the program; nothing is written then
   */
  override synth(): void {
    const clusters = this.node.findAll().filter(isCluster);
    for (const cluster of clusters) {
      if (clusters.find(({ name }) => name === cluster.name) !== cluster)
        cluster.refuse("LF002", `the id "${cluster.name}" is used twice`, "ids are names: give each its own");
      void cluster.model;
    }
    if (clusters.length === 0 && problemsOf(this).length === 0)
      report(this, this.declared, "LF019", "the App has no Cluster", 'declare one: new Cluster(app, "shop", { … })');
    throwProblems(this);
    super.synth();
    findHost()?.synthesized({
      outdir: this.outdir,
      clusters: clusters.map(({ name }) => ({
        id: name,
        stackDir: join("stacks", name),
        modelFile: modelFile(name),
      })),
    });
  }
}
