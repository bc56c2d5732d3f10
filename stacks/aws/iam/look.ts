import type { Program } from "./program.js";
import { grant, type Grant } from "./statement.js";

const EC2 = [
  ...["Addresses", "AddressesAttribute", "Instances", "InternetGateways", "LaunchTemplateVersions", "LaunchTemplates"],
  ...["NatGateways", "NetworkAcls", "NetworkInterfaces", "PrefixLists", "RouteTables", "SecurityGroupRules"],
  ...["SecurityGroups", "Subnets", "Tags", "VpcAttribute", "VpcEndpoints", "Vpcs"],
];
const AUTO_SCALING = ["AutoScalingGroups", "InstanceRefreshes", "LifecycleHooks", "ScalingActivities"];
const BALANCERS = [
  ...["CapacityReservation", "ListenerAttributes", "Listeners", "LoadBalancerAttributes", "LoadBalancers", "Rules"],
  ...["Tags", "TargetGroupAttributes", "TargetGroups", "TargetHealth"],
];

/** What only looks, and what AWS allows on everything or not at all. */
export function lookGrants({ of }: Program): readonly Grant[] {
  const describe = (service: string, what: readonly string[]): string[] =>
    what.map((one) => `${service}:Describe${one}`);
  const has = (type: string): boolean => of(type).length > 0;
  const actions = [
    ...describe("ec2", EC2),
    ...(has("aws_autoscaling_group") ? describe("autoscaling", AUTO_SCALING) : []),
    ...(has("aws_lb") ? describe("elasticloadbalancing", BALANCERS) : []),
    ...(has("aws_cloudwatch_log_group") ? ["logs:DescribeLogGroups"] : []),
    "ssm:DescribeParameters",
  ];
  return grant("Look", actions, ["*"], {
    reason:
      "lists of EC2, Auto Scaling, Elastic Load Balancing, log groups and parameters are allowed for all or not at all",
  });
}
