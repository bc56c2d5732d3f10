import type { AutoScalingGroup, Instance as Member } from "@aws-sdk/client-auto-scaling";
import { desiredOf } from "../../../model/fleet-size.js";
import type { FleetModel, Model } from "../../../model/schema.js";
import { byText } from "../../../model/order.js";
import { groupName } from "../../../node/programs.js";
import type { FleetStatus, GroupStatus, InstanceStatus } from "../../platform/status.js";
import { templateVersion, type LiveGroups } from "./groups.js";

/** States in which a VM of a group counts as there. */
const THERE = /^(InService|Pending|EnteringStandby|Standby|Warmed)/;

/** The fleets of a model beside their groups in the account. */
export function describeLiveFleets(model: Model, live: LiveGroups): FleetStatus[] {
  const groups = new Map(live.groups.map((group) => [group.AutoScalingGroupName, group]));
  return model.fleets.map((fleet) => describeFleet(fleet, groups.get(groupName(model.cluster, fleet.id)), live));
}

/** The fleets that run, and that a model has not: left by the program without a deploy, or renamed. */
export function undeclaredFleets({ cluster, fleets }: Model, live: LiveGroups): FleetStatus[] {
  const known = new Set(fleets.map(({ id }) => groupName(cluster, id)));
  return live.groups.flatMap((group) => {
    const tag = (key: string): string | undefined => group.Tags?.find(({ Key }) => Key === key)?.Value;
    const id = tag("lightfleet:fleet");
    const isOther = known.has(group.AutoScalingGroupName ?? "") || tag("lightfleet:cluster") !== cluster;
    if (id === undefined || isOther) return [];
    const machine = group.Instances?.[0]?.InstanceType ?? "";
    const size = { min: group.MinSize ?? 0, desired: group.DesiredCapacity ?? 0, max: group.MaxSize ?? 0 };
    return [
      {
        ...describeFleet({ id, role: "worker", machine, size, zones: [], keepDesired: false }, group, live),
        declared: false as const,
      },
    ];
  });
}

type FleetFacts = Pick<FleetModel, "id" | "role" | "machine" | "zones" | "size" | "keepDesired">;

function describeFleet(fleet: FleetFacts, group: AutoScalingGroup | undefined, live: LiveGroups): FleetStatus {
  const instances = (group?.Instances ?? [])
    .map((member) => describeMember(member, live))
    .sort((a, b) => byText(a.zone, b.zone) || byText(a.id, b.id));
  const running = instances.filter((instance) => THERE.test(instance.live?.state ?? ""));
  const zones = [...new Set([...fleet.zones, ...running.map(({ zone }) => zone)])].sort();
  return {
    id: fleet.id,
    role: fleet.role,
    machine: fleet.machine,
    desired: desiredOf(fleet, group?.DesiredCapacity) ?? fleet.size.desired,
    running: running.length,
    spot: running.filter(({ lifecycle }) => lifecycle === "spot").length,
    zones: Object.fromEntries(zones.map((zone) => [zone, running.filter((one) => one.zone === zone).length])),
    instances,
    group: group === undefined ? null : describeGroup(group, instances, live),
  };
}

function describeMember(member: Member, { instances }: LiveGroups): InstanceStatus {
  const { InstanceId: id = "?", AvailabilityZone: zone = "?", InstanceType, LifecycleState: state = "?" } = member;
  const vm = instances.get(id);
  return {
    id,
    zone,
    privateAddress: vm?.PrivateIpAddress ?? "",
    machine: InstanceType ?? vm?.InstanceType ?? "",
    lifecycle: vm?.InstanceLifecycle === "spot" ? "spot" : "on-demand",
    live: {
      state,
      healthy: state === "InService" && (member.HealthStatus ?? "").toLowerCase() === "healthy",
      template: member.LaunchTemplate?.Version ?? null,
      image: vm?.ImageId ?? null,
      launched: vm?.LaunchTime?.toISOString() ?? null,
    },
  };
}

function describeGroup(group: AutoScalingGroup, members: readonly InstanceStatus[], live: LiveGroups): GroupStatus {
  const template = templateVersion(group) ?? null;
  const refresh = live.refreshes.get(group.AutoScalingGroupName ?? "");
  return {
    min: group.MinSize ?? 0,
    max: group.MaxSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    healthy: members.filter((member) => member.live?.healthy).length,
    template,
    outdated: members.filter((member) => member.live?.template !== template).length,
    refresh:
      refresh === undefined
        ? null
        : {
            state: refresh.Status ?? "?",
            percent: refresh.PercentageComplete ?? 0,
            ...(refresh.StatusReason !== undefined && { reason: refresh.StatusReason }),
          },
  };
}
