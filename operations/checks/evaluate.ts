import { RULES } from "../../checks/registry.js";
import type { Place } from "../../checks/rule.js";
import { runChecks, type CheckFinding, type CheckReport } from "../../checks/run.js";
import { sharedNetworks, type SharedNetworks } from "../../checks/shared-networks.js";
import { LightfleetError, type Finding } from "../../errors/error.js";
import type { Lock } from "../../model/lock.js";
import type { Draft, Whereabouts } from "../program/synthesis-draft.js";

/** A place of a finding, in the user's program. */
export type LocatedPlace = Place & Whereabouts;

/** A finding with the lines of the program. */
export type LocatedFinding = Omit<CheckFinding, "places"> & { readonly places: readonly LocatedPlace[] };

/** What the checks say about a cluster. */
export type ClusterChecks = Omit<CheckReport, "findings"> & {
  readonly findings: readonly LocatedFinding[];
  /** Who reaches whom without an edge. */
  readonly shared: SharedNetworks;
};

/** What findings depend on beside the program. */
export interface Circumstances {
  /** As in `"2026-11-24"`. */
  readonly today: string;
  readonly lock: Lock | null;
  /** Whether it is for the sandbox, which has what an account would give. @default false */
  readonly rehearsal?: boolean;
}

/** Checks all clusters of a program. */
export function judge({ clusters, rules }: Draft, circumstances: Circumstances): ClusterChecks[] {
  const models = clusters.map(({ model }) => model);
  return clusters.map(({ model, locate }) => {
    const siblings = models.filter((other) => other !== model);
    const report = runChecks({ model, siblings, ...circumstances }, [...RULES, ...rules]);
    const findings = report.findings.map((finding) => located(finding, locate));
    let shared: SharedNetworks | undefined;
    // Few commands ask, and thousands of services have many pairs.
    return {
      ...report,
      findings,
      get shared() {
        return (shared ??= sharedNetworks(model));
      },
    };
  });
}

/** The lines are worked out when they are read: that takes a while, and many findings are counted only. */
function located(finding: CheckFinding, locate: (on: string | null, edge?: string) => Whereabouts): LocatedFinding {
  let known: LocatedPlace[] | undefined;
  const find = (): LocatedPlace[] =>
    (known ??= finding.places.map((place) => ({ ...place, ...locate(place.on, place.edge) })));
  return Object.defineProperty({ ...finding, places: [] }, "places", { enumerable: true, get: find });
}

/** How many findings of each kind there are. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly acknowledged: number;
}

export function countFindings(checks: readonly ClusterChecks[]): Counts {
  const all = checks.flatMap(({ findings }) => findings);
  const open = all.filter(({ acknowledged }) => acknowledged === null);
  const of = (severity: string): number => open.filter((finding) => finding.severity === severity).length;
  return { errors: of("error"), warnings: of("warning"), notes: of("note"), acknowledged: all.length - open.length };
}

/**
 * Ends where the checks found errors.
 * @throws LF060 with each of them, at each of its places
 */
export function refuseErrors(checks: readonly ClusterChecks[]): void {
  const errors = checks.flatMap(({ findings }) =>
    findings.filter(({ severity, acknowledged }) => severity === "error" && acknowledged === null),
  );
  if (errors.length === 0) return;
  const findings = errors.flatMap(({ code, message, hint, places }) =>
    places.map(({ path, source, detail }): Finding => {
      const text = places.length === 1 && detail !== undefined ? `${message}: ${detail}` : message;
      return { code, message: text, path, hint, ...(source && { source }) };
    }),
  );
  throw new LightfleetError(`the checks found ${errors.length === 1 ? "one error" : `${errors.length} errors`}`, {
    code: "LF060",
    kind: "config",
    hint: "'lightfleet check' shows all findings, 'lightfleet check --explain CODE' what is behind one",
    findings,
  });
}
