import { expect, test } from "vitest";
import { id, Local, network } from "./local.js";
import type { ObjectValue } from "../../sandbox/value.js";

type Attempt = [what: string, run: (cloud: Local, net: ReturnType<typeof network>) => unknown, message: string];

const role = { name: "same", assume_role_policy: "{}" };
const group = (more: ObjectValue): ObjectValue => ({ name: "g", min_size: 1, max_size: 2, ...more });
const twice = (cloud: Local, type: string, config: ObjectValue): unknown => [
  cloud.apply(type, config),
  cloud.apply(type, config),
];

const attempts: Attempt[] = [
  ["a network of a bad range", (cloud) => cloud.apply("aws_vpc", { cidr_block: "10.0.0.0/8" }), "InvalidVpc.Range"],
  [
    "a subnet of no network",
    (cloud) => cloud.apply("aws_subnet", { vpc_id: "vpc-0123", cidr_block: "10.0.0.0/24" }),
    "InvalidVpcID.NotFound: The vpc ID 'vpc-0123' does not exist",
  ],
  [
    "a subnet outside of its network",
    (cloud, { vpc }) => cloud.apply("aws_subnet", { vpc_id: id(vpc), cidr_block: "10.9.0.0/24" }),
    "InvalidSubnet.Range",
  ],
  [
    "a subnet over another one",
    (cloud, { vpc }) => cloud.apply("aws_subnet", { vpc_id: id(vpc), cidr_block: "10.0.0.0/20" }),
    "InvalidSubnet.Conflict",
  ],
  [
    "a subnet in a zone of another region",
    (cloud, { vpc }) =>
      cloud.apply("aws_subnet", { vpc_id: id(vpc), cidr_block: "10.0.9.0/24", availability_zone: "us-east-1a" }),
    "availabilityZone is invalid",
  ],
  [
    "a second internet gateway",
    (cloud, { vpc }) => twice(cloud, "aws_internet_gateway", { vpc_id: id(vpc) }),
    "Resource.AlreadyAssociated",
  ],
  [
    "a gateway for addresses without one",
    (cloud, { subnets }) => cloud.apply("aws_nat_gateway", { subnet_id: id(subnets[0] ?? {}) }),
    "MissingParameter",
  ],
  [
    "a route that is there",
    (cloud, { vpc }) => {
      const gateway = cloud.apply("aws_internet_gateway", { vpc_id: id(vpc) });
      const table = cloud.apply("aws_route_table", { vpc_id: id(vpc) });
      return twice(cloud, "aws_route", {
        route_table_id: id(table),
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: id(gateway),
      });
    },
    "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
  ],
  [
    "a route table of another network",
    (cloud, { subnets }) => {
      const other = cloud.apply("aws_vpc", { cidr_block: "10.2.0.0/16" });
      const table = cloud.apply("aws_route_table", { vpc_id: id(other) });
      return cloud.apply("aws_route_table_association", { route_table_id: id(table), subnet_id: id(subnets[0] ?? {}) });
    },
    "belong to different networks",
  ],
  ["a security group of no network", (cloud) => cloud.apply("aws_security_group", { name: "x" }), "VPCIdNotSpecified"],
  [
    "two security groups of a name",
    (cloud, { vpc }) => twice(cloud, "aws_security_group", { name: "x", vpc_id: id(vpc) }),
    "InvalidGroup.Duplicate",
  ],
  [
    "a rule that is there",
    (cloud, { vpc }) => {
      const owner = cloud.apply("aws_security_group", { name: "x", vpc_id: id(vpc) });
      const rule = {
        security_group_id: id(owner),
        ip_protocol: "tcp",
        from_port: 80,
        to_port: 80,
        cidr_ipv4: "0.0.0.0/0",
      };
      return twice(cloud, "aws_vpc_security_group_ingress_rule", rule);
    },
    'InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists',
  ],
  [
    "two launch templates of a name",
    (cloud) => twice(cloud, "aws_launch_template", { name: "twin" }),
    "AlreadyExistsException",
  ],
  [
    "a launch template of no profile",
    (cloud) =>
      cloud.apply("aws_launch_template", {
        name: "x",
        iam_instance_profile: [{ arn: "arn:aws:iam::000000000000:instance-profile/no" }],
      }),
    "InvalidIamInstanceProfile.NotFound",
  ],
  [
    "a group of no subnet",
    (cloud) => cloud.apply("aws_autoscaling_group", group({})),
    "At least one Availability Zone or VPC Subnet is required",
  ],
  [
    "a group of an unknown subnet",
    (cloud) => cloud.apply("aws_autoscaling_group", group({ vpc_zone_identifier: ["subnet-01"] })),
    "InvalidSubnetID.NotFound: The subnet ID 'subnet-01' does not exist",
  ],
  [
    "a group whose minimum is above its maximum",
    (cloud, { subnets }) =>
      cloud.apply("aws_autoscaling_group", group({ min_size: 3, vpc_zone_identifier: subnets.map(id) })),
    "Max bound, 2, must be greater than or equal to min bound, 3",
  ],
  [
    "a group that desires too many",
    (cloud, { subnets }) =>
      cloud.apply("aws_autoscaling_group", group({ desired_capacity: 5, vpc_zone_identifier: subnets.map(id) })),
    "Desired capacity:5 must be between the specified min size:1 and max size:2",
  ],
  [
    "a group by an unknown template",
    (cloud, { subnets }) =>
      cloud.apply(
        "aws_autoscaling_group",
        group({ vpc_zone_identifier: subnets.map(id), launch_template: [{ name: "nothing" }] }),
      ),
    "template name nothing, does not exist",
  ],
  [
    "two roles of a name",
    (cloud) => twice(cloud, "aws_iam_role", role),
    "EntityAlreadyExists: Role with name same already exists.",
  ],
  [
    "a role with a policy that is no JSON",
    (cloud) => cloud.apply("aws_iam_role", { ...role, assume_role_policy: "no" }),
    "MalformedPolicyDocument",
  ],
  [
    "a policy of no role",
    (cloud) => cloud.apply("aws_iam_role_policy", { role: "nobody", policy: "{}" }),
    "NoSuchEntity: The role with name nobody cannot be found.",
  ],
  ["two buckets of a name", (cloud) => twice(cloud, "aws_s3_bucket", { bucket: "twin" }), "BucketAlreadyOwnedByYou"],
  ["a bucket of a bad name", (cloud) => cloud.apply("aws_s3_bucket", { bucket: "No_Good" }), "InvalidBucketName"],
  ["an object in no bucket", (cloud) => cloud.apply("aws_s3_object", { bucket: "nowhere", key: "k" }), "NoSuchBucket"],
  [
    "a parameter of no value",
    (cloud) => cloud.apply("aws_ssm_parameter", { name: "/p", type: "String" }),
    "Invalid combination of arguments",
  ],
  [
    "a parameter that is there",
    (cloud) => twice(cloud, "aws_ssm_parameter", { name: "/p", type: "String", value: "v" }),
    "ParameterAlreadyExists",
  ],
  [
    "a parameter that is too long",
    (cloud) =>
      cloud.apply("aws_ssm_parameter", { name: "/p", type: "String", tier: "Standard", value: "v".repeat(4097) }),
    "maximum parameter value of 4096",
  ],
  [
    "a log group that is there",
    (cloud) => twice(cloud, "aws_cloudwatch_log_group", { name: "/g" }),
    "ResourceAlreadyExistsException",
  ],
  [
    "a load balancer in one zone",
    (cloud, { subnets }) => cloud.apply("aws_lb", { name: "l", subnets: [id(subnets[0] ?? {})] }),
    "At least two subnets in two different Availability Zones",
  ],
  [
    "two load balancers of a name",
    (cloud, { subnets }) => twice(cloud, "aws_lb", { name: "l", subnets: subnets.map(id) }),
    "DuplicateLoadBalancerName",
  ],
  [
    "a listener without its certificate",
    (cloud, { subnets }) => {
      const balancer = cloud.apply("aws_lb", { name: "l", subnets: subnets.map(id) });
      const action = [{ type: "fixed-response", fixed_response: [{ content_type: "text/plain" }] }];
      return cloud.apply("aws_lb_listener", {
        load_balancer_arn: id(balancer),
        port: 443,
        protocol: "HTTPS",
        default_action: action,
      });
    },
    "A certificate must be specified for HTTPS listeners",
  ],
  [
    "a machine in no network of its own",
    (cloud) => new Local(cloud.at, { region: "us-east-1" }).apply("aws_instance", { ami: "ami-1" }),
    "VPCIdNotSpecified",
  ],
];

test.each(attempts)("the cloud refuses %s", (_what, run, message) => {
  const cloud = new Local();
  const net = network(cloud);
  expect(() => run(cloud, net)).toThrow(message);
});

test("what is in use is not deleted, and stays", () => {
  const cloud = new Local();
  const { vpc } = network(cloud);
  const attempt = cloud.answer("ApplyResourceChange", { type: "aws_vpc", prior: vpc });
  expect(attempt.diagnostics[0]?.summary).toContain(`DependencyViolation: The vpc '${id(vpc)}' has dependencies`);
  expect(attempt.state).toEqual(vpc);
  expect(cloud.read("aws_vpc", vpc)).toEqual(vpc);
});

test("a bucket with objects is deleted only by force", () => {
  const cloud = new Local();
  const bucket = cloud.apply("aws_s3_bucket", { bucket: "full" });
  const object = cloud.apply("aws_s3_object", { bucket: "full", key: "k", content: "x" });
  expect(() => cloud.destroy("aws_s3_bucket", bucket)).toThrow("BucketNotEmpty");
  cloud.destroy("aws_s3_bucket", cloud.apply("aws_s3_bucket", { bucket: "full", force_destroy: true }, bucket));
  expect(cloud.read("aws_s3_object", object)).toBeNull();
});

test("a protected load balancer is not deleted", () => {
  const cloud = new Local();
  const config = { name: "l", subnets: network(cloud).subnets.map(id), enable_deletion_protection: true };
  expect(() => cloud.destroy("aws_lb", cloud.apply("aws_lb", config))).toThrow("deletion protection is enabled");
});

test("a type without a schema is refused by name", () => {
  const cloud = new Local();
  expect(() => cloud.ask("ReadResource", { type: "aws_mystery", prior: {} })).toThrow("aws_mystery");
  expect(() => cloud.ask("ReadDataSource", { type: "aws_mystery", config: {} })).toThrow("aws_mystery");
});

test.each([
  [{ region: "mars-north-1" }, "invalid AWS Region: mars-north-1"],
  [{ region: "eu-west-1", allowed_account_ids: ["12"] }, "'12' is no account id"],
])("a provider configured with %j is refused", (provider, message) => {
  expect(() => new Local(undefined, provider)).toThrow(message);
});

test("an update of what is gone is refused", () => {
  const cloud = new Local();
  const { vpc } = network(cloud);
  cloud.at.store.remove({ account: "000000000000", region: "eu-west-1" }, "aws_vpc", id(vpc));
  expect(() => cloud.apply("aws_vpc", { cidr_block: "10.0.0.0/16", tags: { a: "b" } }, vpc)).toThrow("does not exist");
});
