import type { Model } from "../../model/schema.js";
import { keptBy } from "../../terraform/keepers.js";
import type { PlannedChange, PlanSummary } from "../../terraform/summary.js";

/** What of a plan takes data with it. */
export interface DataLoss {
  /** What is asked for, and what `--allow-destroy` takes: the name in the program. */
  readonly name: string;
  readonly address: string;
  readonly action: "destroy" | "replace";
  /** What is lost, as in `a file system`. */
  readonly what: string;
}

/** The cluster's own bucket: releases are made anew from the program, and the status is what managers say. */
const OWN_BUCKET = "aws_s3_bucket.cluster";

/**
 * What a plan destroys or replaces that holds data: databases, file systems and the like, and fleets whose services write
 * to disks of their VMs. That it is deployed anew afterwards brings nothing of it back.
 */
export function dataLosses({ changes }: PlanSummary, model: Model): DataLoss[] {
  return changes.flatMap((change) => {
    const { address, name, action } = change;
    const what = action === "destroy" || action === "replace" ? keeps(change, model) : undefined;
    return what === undefined || (action !== "destroy" && action !== "replace")
      ? []
      : [{ name, address, action, what }];
  });
}

function keeps({ type, name, address }: PlannedChange, model: Model): string | undefined {
  if (address === OWN_BUCKET) return undefined;
  if (type !== "aws_autoscaling_group") return keptBy(type);
  const volumes = volumesOn(name, model);
  return volumes.length === 0 ? undefined : `what VMs keep of ${volumes.map((volume) => `'${volume}'`).join(", ")}`;
}

/** Volumes on the VMs' own disks that services of a fleet write to. */
function volumesOn(fleet: string, { services, volumes }: Model): string[] {
  const local = new Set(volumes.filter(({ kind }) => kind === "node").map(({ id }) => id));
  const used = services.filter(({ on }) => on.includes(fleet)).flatMap((service) => Object.values(service.volumes));
  return [...new Set(used.filter((id) => local.has(id)))].sort();
}
