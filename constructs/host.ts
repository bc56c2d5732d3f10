import type { Rule } from "../checks/rule.js";
import type { SourceLocation } from "../errors/error.js";
import type { PolicyModel } from "../model/policy.js";
import type { Model } from "../model/schema.js";

/** What a program tells the command that runs it in its own process. */
export interface SynthesisReport {
  readonly outdir: string;
  readonly clusters: readonly { readonly id: string; readonly stackDir: string; readonly modelFile: string }[];
}

/** Where something was declared: its construct path, and the line of the program where that is known. */
export interface Whereabouts {
  readonly path: string;
  readonly source?: SourceLocation;
}

/** What a program has declared, before anything of it is written. */
export interface Draft {
  readonly clusters: readonly {
    readonly model: Model;
    /**
     * Finds the declaration of a fleet, service or gateway by its name, of an edge of a service, or of the cluster (null).
     * Cheap until it is called: a stack trace is formatted then.
     */
    locate(on: string | null, edge?: string): Whereabouts;
  }[];
  /** Rules that the program adds to Lightfleet's own. */
  readonly rules: readonly Rule[];
  /** What blocks a change in a preview. */
  readonly policies: readonly PolicyModel[];
}

/** The command that runs the program, where one does; found by symbol, since the two may be built apart. */
export interface Host {
  /** May throw, and nothing is written then. Older commands have no such method. */
  drafted?(draft: Draft): void;
  /** Gets a cluster's Terraform JSON. May throw, and it is not written then. Older commands have no such method. */
  produced?(cluster: string, document: Readonly<Record<string, unknown>>): void;
  synthesized(report: SynthesisReport): void;
}

const HOST = Symbol.for("lightfleet.host");

export function findHost(): Host | undefined {
  return (globalThis as { [HOST]?: Host })[HOST];
}
