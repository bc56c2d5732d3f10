/** What a program tells the command that runs it in its own process. */
export interface SynthesisReport {
  readonly outdir: string;
  readonly clusters: readonly { readonly id: string; readonly stackDir: string; readonly modelFile: string }[];
}

/** The command that runs the program, where one does; found by symbol, since the two may be built apart. */
export interface Host {
  synthesized(report: SynthesisReport): void;
}

const HOST = Symbol.for("lightfleet.host");

export function findHost(): Host | undefined {
  return (globalThis as { [HOST]?: Host })[HOST];
}
