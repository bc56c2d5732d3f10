import { autoscalingTypes } from "./autoscaling.js";
import type { Behaviour } from "./resource-handler.js";
import { fileSystemTypes } from "./file-systems.js";
import { generic } from "./generic.js";
import { iamTypes } from "./iam.js";
import { instanceTypes } from "./instances.js";
import { launchTemplateTypes } from "./launch-template.js";
import { listenerTypes } from "./listeners.js";
import { loadBalancerTypes } from "./load-balancers.js";
import { monitoringTypes } from "./monitoring.js";
import { routingTypes } from "./routing.js";
import { s3Types } from "./s3.js";
import { securityGroupTypes } from "./security-groups.js";
import { ssmTypes } from "./ssm.js";
import { targetGroupTypes } from "./target-groups.js";
import { vpcTypes } from "./vpc.js";

const table: { readonly [type: string]: Behaviour } = {
  ...vpcTypes,
  ...routingTypes,
  ...securityGroupTypes,
  ...launchTemplateTypes,
  ...autoscalingTypes,
  ...instanceTypes,
  ...iamTypes,
  ...s3Types,
  ...ssmTypes,
  ...loadBalancerTypes,
  ...targetGroupTypes,
  ...listenerTypes,
  ...fileSystemTypes,
  ...monitoringTypes,
};

/** How a resource type behaves; types without rules of their own get what can be said of any. */
export const behaviourOf = (type: string): Behaviour => table[type] ?? generic;

/** All types with rules of their own. */
export const behaviours = (): [string, Behaviour][] => Object.entries(table);
