import type { Compared } from "../../preview/compare.js";
import type { ClusterSide } from "../../preview/snapshot.js";
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
): Compared {
  const summed = summarize(plan);
  const summary = { ...summed, changes: summed.changes.map(withoutValues), unguarded, elsewhere };
  const touched = [...summary.changes, ...refused, ...notPlayed].map(({ address }) => address);
  const after = head && readSide(head.judged, head.json);
  return {
    base: withRelease(base && readSide(base.judged, base.json, moves), after, touched),
    head: after,
    plan: summary,
    refused,
    notPlayed,
  };
}

/** The address of the object that brings a release to the managers. */
const RELEASE = "aws_s3_object.release";

/**
 * The base, with head's services where the plan leaves the release as it is: the bytes are the same then, however they are written, and
 * nothing restarts.
 * @param touched addresses of all that the plan changes, or that nothing is known of
 */
function withRelease(
  base: ClusterSide | undefined,
  head: ClusterSide | undefined,
  touched: readonly string[],
): ClusterSide | undefined {
  if (base === undefined || head === undefined || touched.includes(RELEASE)) return base;
  return { ...base, bundle: head.bundle };
}
