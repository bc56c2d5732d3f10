import { localVolume } from "../../../checks/rules/local-volume.js";
import { acknowledgementOf } from "../../../model/suppression.js";
import type { AcknowledgementModel } from "../../../model/schema.js";
import type { PlannedChange, PlanSummary } from "../../../terraform/summary.js";
import type { LeftBehind } from "./orphaned-volumes.js";
import { mayRunOn, type Mount } from "./mounts.js";

/** What of a plan takes data with it. */
export interface DataLoss {
  /** What is asked for, and what `--allow-destroy` takes: the name in the program, or the address where several have that name. */
  readonly name: string;
  /** Where it is a service that loses its data: `service.redis`. */
  readonly address: string;
  /**
   * `roll`: the fleet stays, and its VMs are replaced with all that is on their disks; `thin`: some of its VMs end; `leave`: the
   * VMs stay, and the service that wrote to their disks reads them no more.
   */
  readonly action: "destroy" | "replace" | "roll" | "thin" | "leave";
  /** What is lost, as in `a file system`. */
  readonly what: string;
}

/** What a plan finds deployed, beside its changes. */
export interface Standing {
  /** Who writes to the VMs' disks today. */
  readonly mounts: readonly Mount[];
  /** How many VMs each group wants today, by address. */
  readonly sizes: ReadonlyMap<string, number>;
  /** What the release that the plan brings leaves on VMs. */
  readonly left: readonly LeftBehind[];
}

/** What is known beside the plan. */
export interface Deployed extends Standing {
  /** What the program takes as it is. */
  readonly acknowledged: readonly AcknowledgementModel[];
}

/**
 * What a plan destroys or replaces that holds data: databases, file systems and the like, and VMs whose disks deployed
 * services write to, be it all of a fleet or some; and what it leaves behind on VMs that stay. That it is deployed anew
 * afterwards brings nothing of it back.
 */
export function dataLosses({ changes }: PlanSummary, deployed: Deployed): DataLoss[] {
  const ended = changes.flatMap((change) => {
    const action = endOf(change, deployed);
    const what = action === undefined ? undefined : keeps(change, action, deployed);
    const { name, address } = change;
    return action === undefined || what === undefined ? [] : [{ name, address, action, what }];
  });
  const losses = [...ended, ...leaves(changes, deployed)];
  const isAlone = (name: string): boolean => losses.filter((loss) => loss.name === name).length === 1;
  return losses.map((loss) => (isAlone(loss.name) ? loss : { ...loss, name: loss.address }));
}

/** What services leave on VMs; of a fleet that goes with the same plan, its own name is asked for. */
function leaves(changes: readonly PlannedChange[], { left, acknowledged }: Deployed): DataLoss[] {
  const isGone = (fleet: string): boolean =>
    changes.some(
      ({ role, name, action }) => role === "fleet" && name === fleet && (action === "destroy" || action === "replace"),
    );
  return left.flatMap(({ service, volumes, fleets }) => {
    const standing = fleets.filter((fleet) => !isGone(fleet));
    if (standing.length === 0 || mayMove(service, acknowledged)) return [];
    const what = `what VMs of ${standing.join(", ")} keep of ${quoted(volumes)}`;
    return [{ name: service, address: `service.${service}`, action: "leave" as const, what }];
  });
}

function endOf(change: PlannedChange, deployed: Deployed): DataLoss["action"] | undefined {
  if (change.action === "destroy" || change.action === "replace") return change.action;
  if (change.replacesVms) return "roll";
  return thins(change, deployed) ? "thin" : undefined;
}

/** Whether some VMs of a group end: it gets smaller, may have fewer than it has, or leaves a zone. */
const thins = ({ role, action, address, attributes }: PlannedChange, { sizes }: Deployed): boolean =>
  role === "fleet" &&
  action === "update" &&
  attributes.some(({ path, before, after }) => {
    if (path === "vpc_zone_identifier")
      return Array.isArray(before) && Array.isArray(after) && after.length < before.length;
    if (typeof before !== "number" || typeof after !== "number") return false;
    if (path === "max_size") return after < Math.min(before, sizes.get(address) ?? before);
    return path === "desired_capacity" && after < before;
  });

function keeps(
  { role, name, stores }: PlannedChange,
  action: DataLoss["action"],
  { mounts, acknowledged }: Deployed,
): string | undefined {
  // Releases are made again from the program, and the status is what managers say.
  if (role === "cluster-bucket") return undefined;
  if (role !== "fleet") return stores;
  // A fleet that goes is another thing than its VMs.
  const accepted = (service: string): boolean =>
    (action === "roll" || action === "thin") && mayMove(service, acknowledged);
  const kept = mounts.filter((mount) => mayRunOn(name, mount) && !accepted(mount.service));
  const volumes = [...new Set(kept.flatMap((mount) => mount.volumes))].sort();
  return volumes.length === 0 ? undefined : `what VMs keep of ${quoted(volumes)}`;
}

/** Who says that files may be lost when a task moves says so of VMs that are replaced or end, and of other fleets. */
const mayMove = (service: string, acknowledged: readonly AcknowledgementModel[]): boolean =>
  acknowledgementOf(acknowledged, localVolume.code, service) !== undefined;

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");
