import { projectLock } from "../../../constructs/project-lock.js";
import { imageKey } from "../../../model/lock.js";
import type { FleetModel } from "../../../model/schema.js";

/** The AMI that the project's lock file pins, or null where it pins none. */
export const pinnedImage = (region: string, release: string, arch: string): string | null =>
  projectLock()?.images[region]?.[imageKey(release, arch)]?.id ?? null;

/**
 * What a launch template names as its image. Where none is pinned, EC2 looks it up at launch in the account's own
 * parameter `/lightfleet/images/photon-<release>-<arch>` (EC2 User Guide, "Use a Systems Manager parameter instead of an
 * AMI ID"), since there is no public AMI of Photon OS to fall back on.
 */
export function imageId({ os, arch }: FleetModel): string {
  return os.image ?? `resolve:ssm:/lightfleet/images/${imageKey(os.release, arch)}`;
}
