import type { Model } from "../../../model/schema.js";
import { releaseBundle } from "../../../node/release.js";
import type { PlanJson } from "../../../terraform/plan-schema.js";
import { deployedMounts, mayRunOn, mountsOf, type Mount } from "./mounts.js";
import { parse, priorNames, RELEASE } from "./prior-state.js";
import { fieldOf } from "../../../lib/records.js";

/** What stays on VMs that its service is not on any more, or mounts no more. */
export interface LeftBehind {
  readonly service: string;
  readonly volumes: readonly string[];
  /** The fleets whose VMs keep it. */
  readonly fleets: readonly string[];
}

/**
 * What services lose with the release that a plan brings, while the VMs that keep it stay: a service goes to other fleets,
 * mounts another volume, or is gone. Of one that is gone, nothing is lost that another one mounts at the same place.
 * @param loadModel gives the model, which tells where the new release is not known before the apply
 */
export async function leftBehind(plan: PlanJson, loadModel: () => Promise<Model>): Promise<LeftBehind[]> {
  const before = deployedMounts(plan);
  const after = before.length === 0 ? undefined : await plannedMounts(plan, loadModel);
  if (after === undefined) return [];
  const fleets = priorNames(plan, "aws_autoscaling_group");
  return before.flatMap((mount) => {
    const own = after.services.has(mount.service)
      ? after.mounts.filter(({ service }) => service === mount.service)
      : after.mounts;
    const pairs = fleets
      .filter((fleet) => mayRunOn(fleet, mount))
      .flatMap((fleet) => mount.volumes.map((volume) => ({ fleet, volume })))
      .filter(({ fleet, volume }) => !own.some((one) => one.volumes.includes(volume) && mayRunOn(fleet, one)));
    const unique = (names: string[]): string[] => [...new Set(names)].sort();
    const volumes = unique(pairs.map(({ volume }) => volume));
    return volumes.length === 0
      ? []
      : [{ service: mount.service, volumes, fleets: unique(pairs.map(({ fleet }) => fleet)) }];
  });
}

/** Who writes to the VMs' disks by the release that a plan brings; undefined where it brings none. */
async function plannedMounts(
  { resource_changes }: PlanJson,
  loadModel: () => Promise<Model>,
): Promise<{ readonly services: ReadonlySet<string>; readonly mounts: readonly Mount[] } | undefined> {
  const change = resource_changes.find(({ address }) => address === RELEASE)?.change;
  if (change === undefined || !change.actions.some((action) => action === "update" || action === "create"))
    return undefined;
  const content = fieldOf(change.after, "content");
  const release =
    typeof content === "string" ? parse(content) : releaseBundle(await loadModel(), { volumeHosts: new Map() });
  return {
    services: new Set(Object.keys(Object(fieldOf(fieldOf(release, "stack"), "services")))),
    mounts: mountsOf(release),
  };
}
