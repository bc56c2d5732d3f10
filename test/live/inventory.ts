import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";

/** Where to ask, and as whom. */
export interface Settings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The ids and names of all that there is in a region of an account, and that a cluster could have left behind; sorted. */
export async function whatIsThere(settings: Settings): Promise<string[]> {
  const ec2 = new EC2Client(settings);
  const elb = new ElasticLoadBalancingV2Client(settings);
  const [vpcs, subnets, groups, tables, gateways, nats, addresses, interfaces, endpoints, templates, instances] =
    await Promise.all([
      ec2.send(new DescribeVpcsCommand({})),
      ec2.send(new DescribeSubnetsCommand({})),
      ec2.send(new DescribeSecurityGroupsCommand({})),
      ec2.send(new DescribeRouteTablesCommand({})),
      ec2.send(new DescribeInternetGatewaysCommand({})),
      ec2.send(new DescribeNatGatewaysCommand({})),
      ec2.send(new DescribeAddressesCommand({})),
      ec2.send(new DescribeNetworkInterfacesCommand({})),
      ec2.send(new DescribeVpcEndpointsCommand({})),
      ec2.send(new DescribeLaunchTemplatesCommand({})),
      ec2.send(new DescribeInstancesCommand({})),
    ]);
  const [scaling, balancers, targets, buckets, parameters, roles, logs] = await Promise.all([
    new AutoScalingClient(settings).send(new DescribeAutoScalingGroupsCommand({})),
    elb.send(new DescribeLoadBalancersCommand({})),
    elb.send(new DescribeTargetGroupsCommand({})),
    new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})),
    new SSMClient(settings).send(new DescribeParametersCommand({})),
    namesOf(settings.endpoint, "iam", "Action=ListRoles&Version=2010-05-08", /<RoleName>([^<]+)/g),
    namesOf(
      settings.endpoint,
      "iam",
      "Action=ListInstanceProfiles&Version=2010-05-08",
      /<InstanceProfileName>([^<]+)/g,
    ),
  ]);
  const gone = /^(deleted|deleting|terminated|shutting-down)$/;
  const there = [
    vpcs.Vpcs?.map(({ VpcId }) => VpcId),
    subnets.Subnets?.map(({ SubnetId }) => SubnetId),
    groups.SecurityGroups?.map(({ GroupId }) => GroupId),
    tables.RouteTables?.map(({ RouteTableId }) => RouteTableId),
    gateways.InternetGateways?.map(({ InternetGatewayId }) => InternetGatewayId),
    nats.NatGateways?.filter(({ State = "" }) => !gone.test(State)).map(({ NatGatewayId }) => NatGatewayId),
    addresses.Addresses?.map(({ AllocationId }) => AllocationId),
    // Those of VMs go with them, which the emulator forgets: they stay in a network that is no more.
    interfaces.NetworkInterfaces?.filter(({ VpcId }) => vpcs.Vpcs?.some((vpc) => vpc.VpcId === VpcId)).map(
      ({ NetworkInterfaceId }) => NetworkInterfaceId,
    ),
    endpoints.VpcEndpoints?.filter(({ State = "" }) => !gone.test(State)).map(({ VpcEndpointId }) => VpcEndpointId),
    templates.LaunchTemplates?.map(({ LaunchTemplateName }) => LaunchTemplateName),
    instances.Reservations?.flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => !gone.test(State?.Name ?? ""))
      .map(({ InstanceId }) => InstanceId),
    scaling.AutoScalingGroups?.map(({ AutoScalingGroupName }) => AutoScalingGroupName),
    balancers.LoadBalancers?.map(({ LoadBalancerName }) => LoadBalancerName),
    targets.TargetGroups?.map(({ TargetGroupName }) => TargetGroupName),
    buckets.Buckets?.map(({ Name }) => Name),
    parameters.Parameters?.map(({ Name }) => Name),
    roles,
    logs,
  ];
  return there
    .flatMap((names) => names ?? [])
    .filter((name) => name !== undefined)
    .sort();
}

/** Names out of an answer of a service whose SDK is not installed. */
async function namesOf(endpoint: string, service: string, body: string, pattern: RegExp): Promise<string[]> {
  const scope = `AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/${service}/aws4_request`;
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
  const answer = await fetch(endpoint, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`${body}: ${answer.status}`);
  return [...(await answer.text()).matchAll(pattern)].map(([, name = ""]) => name);
}
