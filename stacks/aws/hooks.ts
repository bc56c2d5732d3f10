import { HOOKS } from "../../node/programs.js";
import { AutoscalingLifecycleHook } from "../../providers/aws/bindings.gen.js";
import type { FleetModel } from "../../model/schema.js";
import type { Site } from "./context.js";

/** How long a VM has to join the swarm, and to be drained and leave it, in seconds. */
const TIME = { launching: 600, terminating: 900 } as const;

/**
 * The group waits for each VM: for a new one until it is a healthy member of the swarm, so that an instance refresh
 * replaces one manager at a time; for an old one until its tasks run elsewhere. A VM that does not get ready is replaced.
 */
export function renderHooks(site: Site, { id }: FleetModel, group: string): void {
  new AutoscalingLifecycleHook(site.scope, `launching-${id}`, `${id}_launching`, {
    name: HOOKS.launching,
    autoscaling_group_name: group,
    lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING",
    heartbeat_timeout: TIME.launching,
    default_result: "ABANDON",
  });
  new AutoscalingLifecycleHook(site.scope, `terminating-${id}`, `${id}_terminating`, {
    name: HOOKS.terminating,
    autoscaling_group_name: group,
    lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeat_timeout: TIME.terminating,
    default_result: "CONTINUE",
  });
}
