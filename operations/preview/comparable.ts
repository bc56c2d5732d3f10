import type { Compared } from "../../preview/compare.js";
import type { ClusterSide } from "../../preview/snapshot.js";
import type { PlanClassifier, ResourceRole } from "../../terraform/classifier.js";
import type { Rehearsed } from "../../sandbox/simulator/simulate.js";
import { withoutValues } from "../hidden-values.js";
import { summarize } from "../../terraform/summary.js";
import { readSide, type Judged } from "./read-snapshot.js";

/** A cluster as it was written. */
export interface Written {
  readonly judged: Judged;
  /** Its Terraform JSON. */
  readonly json: unknown;
}

/** What was rehearsed, with both sides as they are compared. */
export function comparable(
  { plan, refused, notPlayed, moves, unguarded, elsewhere }: Rehearsed,
  base: Written | undefined,
  head: Written | undefined,
  classifier: PlanClassifier,
): Compared {
  const summed = summarize(plan, classifier);
  const summary = {
    ...summed,
    changes: summed.changes.map((change) => withoutValues(change, classifier)),
    unguarded,
    elsewhere,
  };
  const isReleased = summary.changes.some(({ role }) => role === "release");
  const isUnclear = [...refused, ...notPlayed].some(({ address }) => roleOf(address, classifier) === "release");
  const before = base && readSide(base.judged, base.json, moves);
  const after = head && readSide(head.judged, head.json);
  return {
    base: isReleased || isUnclear ? before : withServicesOf(before, after),
    head: after,
    plan: summary,
    refused,
    notPlayed,
    classifier,
  };
}

function roleOf(address: string, { role }: PlanClassifier): ResourceRole | undefined {
  const [type = "", name = ""] = address.split(".");
  return role({ type, name });
}

/**
 * The base with head's services, where the plan leaves the release as it is: the bytes are the same then, however they are written, and
 * nothing restarts.
 */
function withServicesOf(base: ClusterSide | undefined, head: ClusterSide | undefined): ClusterSide | undefined {
  return base === undefined || head === undefined ? base : { ...base, bundle: head.bundle };
}
