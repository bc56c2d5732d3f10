import { SsmParameter } from "../../providers/aws/bindings.gen.js";
import type { Ref } from "../../providers/aws/reference.js";
import type { Site, Storage } from "./context.js";

/** Below this path a cluster keeps what its VMs look up: its settings, and the join tokens that the managers write. */
export const parameterPath = (cluster: string): string => `/lightfleet/${cluster}`;

/** The settings that VMs read at boot. They name the release bundle but not its version: a release changes no parameter. */
export function renderParameters(site: Site, storage: Storage, pull: Ref | undefined): void {
  const { scope, model } = site;
  new SsmParameter(scope, "settings", "settings", {
    name: `${parameterPath(model.cluster)}/settings`,
    type: "String",
    value: JSON.stringify({
      ...{ bucket: storage.bucket, release: storage.releaseKey, region: model.platform.region },
      // Managers take the role at their next look; those of a version before know none.
      ...(pull !== undefined && { pull }),
    }),
    description: `settings of the cluster ${model.cluster}`,
  });
}
