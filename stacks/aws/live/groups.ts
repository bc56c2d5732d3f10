import {
  DescribeInstanceRefreshesCommand,
  paginateDescribeAutoScalingGroups,
  type AutoScalingGroup,
  type InstanceRefresh,
} from "@aws-sdk/client-auto-scaling";
import { paginateDescribeInstances, type Instance } from "@aws-sdk/client-ec2";
import type { Model } from "../../../model/schema.js";
import { autoScaling, ec2 } from "../api/clients.js";
import { asking } from "../api/call.js";
import { mapParallel } from "../api/parallel.js";

/** The autoscaling groups and VMs of clusters in one region, as AWS tells of them. */
export interface LiveGroups {
  readonly groups: readonly AutoScalingGroup[];
  /** By id. */
  readonly instances: ReadonlyMap<string, Instance>;
  /** The last replacement of VMs by name of the group, where one was asked for. */
  readonly refreshes: ReadonlyMap<string, InstanceRefresh>;
}

/** As many at a time as AWS gives. */
const PAGE = { groups: 100, instances: 1_000 } as const;
const TAG = "tag:lightfleet:cluster";
/** Questions at a time: enough to be quick, and far from what AWS begins to throttle at. */
const WIDTH = 8;

/**
 * So many VMs are asked for one by one: what EC2 knows beside their groups (address, market, image) is a megabyte for three
 * hundred of them, and no screen has room for it.
 */
const DETAILED = 200;

/** Reads groups and VMs by the tag that both have: one question a page, whatever the number of fleets. */
export async function readGroups(region: string, models: readonly Model[], every = false): Promise<LiveGroups> {
  const clusters = models.map(({ cluster }) => cluster);
  const groups = await groupsOf(region, clusters);
  const vms = groups.reduce((sum, { Instances = [] }) => sum + Instances.length, 0);
  const spot = models.flatMap(({ fleets }) => fleets.filter((fleet) => fleet.spot > 0).map(({ id }) => id));
  const fleets = every || vms <= DETAILED ? undefined : spot;
  const [instances, refreshes] = await Promise.all([
    vms === 0 || fleets?.length === 0 ? new Map<string, Instance>() : instancesOf(region, clusters, fleets),
    refreshesOf(region, groups),
  ]);
  return { groups, instances, refreshes };
}

/** The groups that carry a cluster's tag. */
export function groupsOf(region: string, clusters: readonly string[]): Promise<AutoScalingGroup[]> {
  const paging = { client: autoScaling(region), pageSize: PAGE.groups };
  const filters = { Filters: [{ Name: TAG, Values: [...clusters] }] };
  return asking("autoscaling:DescribeAutoScalingGroups", async () => {
    const found: AutoScalingGroup[] = [];
    for await (const page of paginateDescribeAutoScalingGroups(paging, filters))
      found.push(...(page.AutoScalingGroups ?? []));
    return found;
  });
}

/** @param fleets those whose VMs are asked for; of all where undefined */
function instancesOf(
  region: string,
  clusters: readonly string[],
  fleets: readonly string[] | undefined,
): Promise<Map<string, Instance>> {
  const paging = { client: ec2(region), pageSize: PAGE.instances };
  const filters = {
    Filters: [
      { Name: TAG, Values: [...clusters] },
      { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped", "shutting-down"] },
      ...(fleets === undefined ? [] : [{ Name: "tag:lightfleet:fleet", Values: [...fleets] }]),
    ],
  };
  return asking("ec2:DescribeInstances", async () => {
    const found = new Map<string, Instance>();
    for await (const page of paginateDescribeInstances(paging, filters))
      for (const instance of (page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []))
        if (instance.InstanceId !== undefined) found.set(instance.InstanceId, instance);
    return found;
  });
}

/** AWS answers for one group at a time: only those are asked for whose VMs are not all as new ones would be. */
async function refreshesOf(
  region: string,
  groups: readonly AutoScalingGroup[],
): Promise<ReadonlyMap<string, InstanceRefresh>> {
  const mixed = groups.filter((group) => isMixed(group));
  if (mixed.length === 0) return new Map();
  const client = autoScaling(region);
  const found = await mapParallel(mixed, WIDTH, ({ AutoScalingGroupName }) =>
    asking("autoscaling:DescribeInstanceRefreshes", () =>
      client.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName, MaxRecords: 1 })),
    ),
  );
  return new Map(
    found.flatMap(({ InstanceRefreshes }) =>
      (InstanceRefreshes ?? []).slice(0, 1).map((refresh) => [refresh.AutoScalingGroupName ?? "", refresh] as const),
    ),
  );
}

const isMixed = (group: AutoScalingGroup): boolean => {
  const version = templateVersion(group);
  return (group.Instances ?? []).some(({ LaunchTemplate }) => LaunchTemplate?.Version !== version);
};

/** Version of the launch template that a group makes VMs from, with a spot share or without. */
export function templateVersion({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): string | undefined {
  return (LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification)?.Version;
}
