import type { AcknowledgementModel } from "../../model/schema.js";
import { keptBy } from "../../terraform/keepers.js";
import { rolls, type PlannedChange, type PlanSummary } from "../../terraform/summary.js";
import { mayRunOn, type Mount } from "./mounts.js";

/** What of a plan takes data with it. */
export interface DataLoss {
  /** What is asked for, and what `--allow-destroy` takes: the name in the program, or the address where several have that name. */
  readonly name: string;
  readonly address: string;
  /** `roll`: the fleet stays, and its VMs are replaced with all that is on their disks; `thin`: some of its VMs end. */
  readonly action: "destroy" | "replace" | "roll" | "thin";
  /** What is lost, as in `a file system`. */
  readonly what: string;
}

/** What is known beside the plan. */
export interface Deployed {
  /** Who writes to the VMs' disks today. */
  readonly mounts: readonly Mount[];
  /** How many VMs each group wants today, by address. */
  readonly sizes: ReadonlyMap<string, number>;
  /** What the program takes as it is. */
  readonly acknowledged: readonly AcknowledgementModel[];
}

/** The cluster's own bucket: releases are made anew from the program, and the status is what managers say. */
const OWN_BUCKET = "aws_s3_bucket.cluster";
/** The rule that files of one VM are lost when a task moves, which a replacement of VMs makes it do. */
const MOVES = "LF208";

/**
 * What a plan destroys or replaces that holds data: databases, file systems and the like, and VMs whose disks deployed
 * services write to, be it all of a fleet or some. That it is deployed anew afterwards brings nothing of it back.
 */
export function dataLosses({ changes }: PlanSummary, deployed: Deployed): DataLoss[] {
  const losses = changes.flatMap((change) => {
    const action = endOf(change, deployed);
    const what = action === undefined ? undefined : keeps(change, action, deployed);
    const { name, address } = change;
    return action === undefined || what === undefined ? [] : [{ name, address, action, what }];
  });
  const isAlone = (name: string): boolean => losses.filter((loss) => loss.name === name).length === 1;
  return losses.map((loss) => (isAlone(loss.name) ? loss : { ...loss, name: loss.address }));
}

function endOf(change: PlannedChange, deployed: Deployed): DataLoss["action"] | undefined {
  if (change.action === "destroy" || change.action === "replace") return change.action;
  if (rolls(change)) return "roll";
  return thins(change, deployed) ? "thin" : undefined;
}

/** Whether some VMs of a group end: it gets smaller, may have fewer than it has, or leaves a zone. */
const thins = ({ type, action, address, attributes }: PlannedChange, { sizes }: Deployed): boolean =>
  type === "aws_autoscaling_group" &&
  action === "update" &&
  attributes.some(({ path, before, after }) => {
    if (path === "vpc_zone_identifier")
      return Array.isArray(before) && Array.isArray(after) && after.length < before.length;
    if (typeof before !== "number" || typeof after !== "number") return false;
    if (path === "max_size") return after < Math.min(before, sizes.get(address) ?? before);
    return path === "desired_capacity" && after < before;
  });

function keeps(
  { type, name, address }: PlannedChange,
  action: DataLoss["action"],
  { mounts, acknowledged }: Deployed,
): string | undefined {
  if (address === OWN_BUCKET) return undefined;
  if (type !== "aws_autoscaling_group") return keptBy(type);
  // Who says that files may be lost when a task moves says so of VMs that are replaced or end; a fleet that goes is another thing.
  const accepted = (service: string): boolean =>
    (action === "roll" || action === "thin") &&
    acknowledged.some(({ code, on }) => code === MOVES && (on === null || on === service));
  const kept = mounts.filter((mount) => mayRunOn(name, mount) && !accepted(mount.service));
  const volumes = [...new Set(kept.flatMap((mount) => mount.volumes))].sort();
  return volumes.length === 0 ? undefined : `what VMs keep of ${volumes.map((volume) => `'${volume}'`).join(", ")}`;
}
