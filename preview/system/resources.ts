import { keptBy } from "../../terraform/keepers.js";
import type { PlannedChange, PlanSummary } from "../../terraform/summary.js";
import type { Change } from "../schema.js";

/** The cluster's own bucket: releases are made anew from the program, and the status is what managers say. */
const OWN_BUCKET = "aws_s3_bucket.cluster";

/**
 * What becomes of resources that hold data and stand beside the system: databases, buckets and the like of the program's own.
 * @param told what the system's changes are: what is lost with a volume is told there
 */
export function resourceChanges({ changes }: PlanSummary, told: readonly Change[]): Change[] {
  const volumes = new Set(told.filter(({ marks }) => marks.includes("data-loss")).map(({ id }) => id));
  return changes.flatMap((planned): Change[] => {
    const { address, type, name, action } = planned;
    const kept = address === OWN_BUCKET || volumes.has(`volume:${name}`) ? undefined : keptBy(type);
    if (kept === undefined || (action !== "destroy" && action !== "replace")) return [];
    const replaced = action === "replace";
    return [
      {
        id: `resource:${address}`,
        kind: "resource",
        what: `resource ${address}`,
        action: replaced ? "replace" : "remove",
        weight: "danger",
        stateful: true,
        attributes: [],
        why: [whyOf(planned)],
        effect: [`DATA LOSS: ${kept} is deleted${replaced ? ", and an empty one takes its place" : ""}`],
        interrupts: [],
        marks: [replaced ? "replaces" : "destroys", "stateful", "data-loss"],
      },
    ];
  });
}

const whyOf = ({ action, forcedBy, reason }: PlannedChange): string =>
  action === "destroy"
    ? "no longer in the program"
    : forcedBy.length > 0
      ? `${forcedBy.join(", ")} cannot be changed in place`
      : (reason ?? "it is replaced");
