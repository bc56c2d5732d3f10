import { setsDesired } from "../../model/fleet-size.js";
import type { FleetModel } from "../../model/schema.js";
import { groupName } from "../../node/programs.js";
import { userData } from "../../node/user-data.js";
import {
  AutoscalingGroup,
  LaunchTemplate,
  type AutoscalingGroupConfig,
  type LaunchTemplateBlockDeviceMappings,
} from "../../providers/aws/bindings.gen.js";
import { FLEET_DISK } from "../../providers/aws/limits/disks.js";
import type { Ref } from "../../providers/aws/reference.js";
import { vmTags } from "./cluster-tags.js";
import type { Target } from "./gateway.js";
import { renderHooks } from "./hooks.js";
import { imageId } from "./images/pinned.js";
import { templateName } from "./names.js";
import type { Groups } from "./security.js";
import { named, type Network, type Site } from "./context.js";

/** Root device of Photon's AMI (its own `create-ebs-image.sh` registers it so). */
const ROOT_DEVICE = "/dev/xvda";
/** The second disk, where there is one: the VM looks for it by what it holds, since NVMe names it anew. */
const DATA_DEVICE = "/dev/xvdb";

/** What a fleet's resources hang on. */
export interface FleetParts {
  readonly fleet: FleetModel;
  readonly network: Network;
  readonly groups: Groups;
  /** Name of the instance profile. */
  readonly profile: Ref;
  /** Target groups of all gateways. */
  readonly targets: readonly Target[];
}

/** A fleet: its launch template, and the autoscaling group that keeps its VMs. */
export function renderFleet(site: Site, parts: FleetParts): void {
  const template = renderTemplate(site, parts);
  const { fleet, network, targets } = parts;
  const { id, size } = fleet;
  const arns = targets.filter(({ fleets }) => fleets.includes(id)).map(({ arn }) => arn);
  const group = new AutoscalingGroup(site.scope, `vms-${id}`, id, {
    name: groupName(site.model.cluster, id),
    min_size: size.min,
    max_size: size.max,
    desired_capacity: size.desired,
    vpc_zone_identifier: fleet.zones.map((zone) => network.privateSubnets.get(zone)!),
    health_check_type: "EC2",
    health_check_grace_period: 300,
    default_instance_warmup: 0,
    ...(fleet.spot > 0 && { capacity_rebalance: true }),
    ...(fleet.role === "control" && { suspended_processes: ["AZRebalance"] }),
    wait_for_capacity_timeout: "0",
    ...launch(fleet, template),
    // Also where there are none: left out, a group would keep those that it had. Without gateways they are gone in any case, and
    // attachments of the program's own stay.
    ...(site.model.gateways.length > 0 && { target_group_arns: arns }),
    instance_refresh: {
      strategy: "Rolling",
      preferences: { min_healthy_percentage: leastHealthy(fleet), auto_rollback: false },
    },
    // What scales a group between its bounds is not taken back by the next deploy.
    ...(!setsDesired(fleet) && { lifecycle: { ignore_changes: ["desired_capacity"] } }),
    tag: Object.entries(vmTags(site.model, fleet)).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
  });
  renderHooks(site, fleet, group.ref("name"));
}

function renderTemplate(site: Site, { fleet, groups, profile }: FleetParts): LaunchTemplate {
  const { id } = fleet;
  const tags = vmTags(site.model, fleet);
  return new LaunchTemplate(site.scope, `template-${id}`, id, {
    name: templateName(site.model.cluster, id),
    image_id: imageId(fleet),
    instance_type: fleet.machine,
    update_default_version: true,
    user_data: userData(site.model, fleet).toString("base64"),
    iam_instance_profile: { name: profile },
    metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
    network_interfaces: [
      {
        associate_public_ip_address: "false",
        delete_on_termination: "true",
        security_groups: [groups.get("swarm")!, groups.get(id)!],
      },
    ],
    block_device_mappings: [
      disk(ROOT_DEVICE, fleet.diskGiB),
      ...(fleet.dataDiskGiB === null ? [] : [disk(DATA_DEVICE, fleet.dataDiskGiB)]),
    ],
    tag_specifications: ["instance", "volume"].map((resource_type) => ({ resource_type, tags })),
    tags: { ...fleet.tags, ...named(site, id) },
  });
}

const disk = (device_name: string, volume_size: number): LaunchTemplateBlockDeviceMappings => ({
  device_name,
  ebs: { volume_size, volume_type: FLEET_DISK, encrypted: "true", delete_on_termination: "true" },
});

/** On-demand VMs come from the template alone; a spot share needs a policy around it. */
function launch(
  { spot }: FleetModel,
  template: LaunchTemplate,
): Pick<AutoscalingGroupConfig, "launch_template" | "mixed_instances_policy"> {
  const version = template.ref("latest_version");
  if (spot === 0) return { launch_template: { id: template.ref("id"), version } };
  return {
    mixed_instances_policy: {
      launch_template: { launch_template_specification: { launch_template_id: template.ref("id"), version } },
      instances_distribution: {
        on_demand_base_capacity: 0,
        on_demand_percentage_above_base_capacity: Math.round((1 - spot) * 100),
        spot_allocation_strategy: "price-capacity-optimized",
      },
    },
  };
}

/** One manager at a time, so that a quorum stays; a tenth of a worker fleet at a time. */
function leastHealthy({ role, size }: FleetModel): number {
  return role === "control" ? Math.floor(((size.desired - 1) / size.desired) * 100) : 90;
}
