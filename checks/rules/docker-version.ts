import { imageKey } from "../../model/lock.js";
import { compareVersions, DOCKER_REGRESSIONS } from "../facts.js";
import type { CheckContext } from "../context.js";
import type { Rule } from "../rule.js";
import type { FleetModel } from "../../model/schema.js";

export const dockerVersion: Rule = {
  code: "LF506",
  severity: "warning",
  inProduction: "error",
  title: "the version of Docker has no known fault in swarm mode",
  why: `Photon's package updates move Docker by years at a time, and some versions break what a cluster lives on: overlay networks,
names of services. The version is known where the lock file tells it for the pinned image ('docker'), or where 'os.packages' names
one ("docker-28.2.2").`,
  fix: "pin an image with a version before or after that",
  *check(context) {
    for (const fleet of context.model.fleets) {
      const version = dockerOf(fleet, context);
      const fault =
        version === undefined
          ? undefined
          : DOCKER_REGRESSIONS.find(
              ({ from, until }) =>
                compareVersions(version, from) >= 0 && (until === undefined || compareVersions(version, until) < 0),
            );
      if (fault !== undefined) yield { at: { on: fleet.id }, message: `with Docker ${version}, ${fault.what}` };
    }
  },
};

/** The version of Docker of a fleet's VMs, where that is known. */
export function dockerOf({ os, arch }: FleetModel, { lock, model }: CheckContext): string | undefined {
  for (const name of os.packages) {
    const version = /^docker(?:-engine)?-(\d+\.\d+\.\d+)/.exec(name)?.[1];
    if (version !== undefined) return version;
  }
  const pinned = lock?.images[model.platform.region]?.[imageKey(os.release, arch)];
  return pinned !== undefined && pinned.id === os.image ? pinned.docker : undefined;
}
