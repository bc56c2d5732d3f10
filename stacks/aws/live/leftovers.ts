import { paginateDescribeTags } from "@aws-sdk/client-ec2";
import { paginateDescribeParameters } from "@aws-sdk/client-ssm";
import { ec2, ssm } from "../api/clients.js";
import { asking } from "../api/call.js";
import { groupsOf } from "./groups.js";

const TAG = "lightfleet:cluster";

/**
 * What an account has of a cluster in a region by its tag: all of EC2 and of VPCs, autoscaling groups and parameters.
 * @returns kind and id or name of each, sorted
 * @throws LF625 to LF630
 */
export async function findLeftovers(region: string, cluster: string): Promise<string[]> {
  const found = await Promise.all([
    taggedInEc2(region, cluster),
    groupsOf(region, [cluster]).then((groups) =>
      groups.map(({ AutoScalingGroupName }) => `auto-scaling-group ${AutoScalingGroupName ?? ""}`),
    ),
    taggedParameters(region, cluster),
  ]);
  return [...new Set(found.flat())].sort();
}

function taggedInEc2(region: string, cluster: string): Promise<string[]> {
  const Filters = [
    { Name: "key", Values: [TAG] },
    { Name: "value", Values: [cluster] },
  ];
  return asking("ec2:DescribeTags", async () => {
    const found: string[] = [];
    for await (const { Tags } of paginateDescribeTags({ client: ec2(region), pageSize: 1_000 }, { Filters }))
      for (const { ResourceType = "", ResourceId = "" } of Tags ?? []) found.push(`${ResourceType} ${ResourceId}`);
    return found;
  });
}

function taggedParameters(region: string, cluster: string): Promise<string[]> {
  const ParameterFilters = [{ Key: `tag:${TAG}`, Values: [cluster] }];
  return asking("ssm:DescribeParameters", async () => {
    const found: string[] = [];
    for await (const { Parameters } of paginateDescribeParameters({ client: ssm(region) }, { ParameterFilters }))
      for (const { Name = "" } of Parameters ?? []) found.push(`parameter ${Name}`);
    return found;
  });
}
