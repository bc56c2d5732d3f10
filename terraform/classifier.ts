import type { ResourceChange } from "./plan-schema.js";

/** Something that everybody can reach or do, and could not before. */
export interface Exposure {
  /** As in `tcp 22 from 0.0.0.0/0`, or `anybody may s3:GetObject`. */
  readonly text: string;
  /** Whether the text is a sentence of its own, and not the name of what is reached. */
  readonly isStatement: boolean;
  /** Whether it opens far more than a port: a database itself, or what a policy guards. */
  readonly isWide: boolean;
}

/** What a resource is for a cluster, where it is one of those that Lightfleet makes. */
export type ResourceRole = "fleet" | "fleet-template" | "release" | "programs" | "cluster-bucket" | "volume";

/** A resource in a plan, as far as it is classified by. */
export type ClassifiedChange = Pick<ResourceChange, "type" | "name">;

/** What a platform knows of the resource types in a plan. The engine's driver and the preview know no cloud. */
export interface PlanClassifier {
  /** What a type stores that exists nowhere else, as in `a database`; undefined for what stores nothing. */
  stores(type: string): string | undefined;
  /** What a resource is for its cluster; undefined for all others. */
  role(resource: ClassifiedChange): ResourceRole | undefined;
  /** Whether a change of these attributes (paths) of a fleet replaces its VMs. */
  replacesVms(paths: readonly string[]): boolean;
  /** What each change of a plan exposes, that was not exposed before. */
  exposures(changes: readonly ResourceChange[]): (change: ResourceChange) => Exposure[];
  /** What one resource exposes more than another one of the same type. @param before its attributes; undefined where there was none */
  exposed(type: string, before: unknown, after: unknown): Exposure[];
  /** Attributes whose change in place restarts a resource of the type, or stops it for a while. */
  downtime(type: string): { readonly restarts: readonly string[]; readonly stops: readonly string[] };
  /** Whether the values of an attribute are shown: sizes, ports and the like, and nothing that may be a secret. */
  isShown(attribute: string): boolean;
  /** What the change of an attribute of a fleet's template means for its VMs, in words; undefined for what only counts versions. */
  describeTemplate(path: string): string | undefined;
}
