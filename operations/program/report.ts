import { isRecord } from "../../lib/records.js";

/** A cluster as the program wrote it. Paths are relative to the output folder. */
export interface ClusterReport {
  readonly id: string;
  readonly stackDir: string;
  readonly modelFile: string;
}

/** What `App.synth()` tells the command that loaded the program. */
export interface SynthesisReport {
  readonly outdir: string;
  readonly clusters: readonly ClusterReport[];
}

/** What a program finds under `Symbol.for("lightfleet.host")` when a command loaded it. */
interface ProgramHost {
  readonly outdir: string;
  drafted(draft: unknown): void;
  produced(cluster: string, document: unknown): void;
  synthesized(report: unknown): void;
}

const HOST = Symbol.for("lightfleet.host");

/** Lets a program in this process reach us. @returns takes it back */
export function offerHost(host: ProgramHost): () => void {
  Reflect.set(globalThis, HOST, host);
  return () => void Reflect.deleteProperty(globalThis, HOST);
}

/** Whether what a program handed over is a report: it may come from another version of the library. */
export function isReport(value: unknown): value is SynthesisReport {
  return (
    isRecord(value) &&
    typeof value["outdir"] === "string" &&
    Array.isArray(value["clusters"]) &&
    value["clusters"].every(
      (cluster) =>
        isRecord(cluster) && ["id", "stackDir", "modelFile"].every((key) => typeof cluster[key] === "string"),
    )
  );
}
