import { describe, expect, test } from "vitest";
import type { ObjectValue } from "../../../sandbox/value.js";
import { id, Local, network, services } from "../local.js";

const trust = '{"Version":"2012-10-17","Statement":[]}';
const role = (more: ObjectValue): ObjectValue => ({ name: "core", assume_role_policy: trust, ...more });
const tags = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tag${index}`, "x"]));
/** A policy document of that many characters. */
const policy = (size: number): string => {
  const of = (filler: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [], Id: filler });
  return of("x".repeat(size - of("").length));
};
const rule = (condition: ObjectValue[]) => (cloud: Local) => {
  const { subnets } = network(cloud);
  const balancer = cloud.apply("aws_lb", { name: "public", subnets: subnets.map(id) });
  const fixed = { type: "fixed-response", fixed_response: [{ content_type: "text/plain", status_code: "404" }] };
  const listener = cloud.apply("aws_lb_listener", {
    load_balancer_arn: id(balancer),
    port: 80,
    default_action: [fixed],
  });
  return cloud.apply("aws_lb_listener_rule", { listener_arn: id(listener), action: [fixed], condition });
};
const path = (...values: string[]) => rule([{ path_pattern: [{ values }] }]);
const host = (...values: string[]) => rule([{ host_header: [{ values }] }]);
const inBucket = (object: ObjectValue) => (cloud: Local) => {
  cloud.apply("aws_s3_bucket", { bucket: "acme-shop" });
  return cloud.apply("aws_s3_object", { bucket: "acme-shop", key: "a", content: "a", ...object });
};
const attach = (count: number) => (cloud: Local) => {
  cloud.apply("aws_iam_role", role({}));
  for (let index = 0; index < count; index++)
    cloud.apply("aws_iam_role_policy_attachment", { role: "core", policy_arn: `arn:aws:iam::aws:policy/P${index}` });
};
const inline =
  (...sizes: number[]) =>
  (cloud: Local) => {
    cloud.apply("aws_iam_role", role({}));
    for (const [index, size] of sizes.entries())
      cloud.apply("aws_iam_role_policy", { name: `p${index}`, role: "core", policy: policy(size) });
  };
const make = (type: string, config: ObjectValue) => (cloud: Local) => cloud.apply(type, config);
const group = (volume_type: string, volume_size: number) => (cloud: Local) => {
  const template = cloud.apply("aws_launch_template", {
    name: "core",
    block_device_mappings: [{ device_name: "/dev/xvda", ebs: [{ volume_type, volume_size }] }],
  });
  return cloud.apply("aws_autoscaling_group", {
    ...{ name: "core", min_size: 0, max_size: 1, vpc_zone_identifier: network(cloud).subnets.map(id) },
    launch_template: [{ id: id(template), version: "1" }],
  });
};

type Case = [what: string, refused: (cloud: Local) => unknown, words: string, taken?: (cloud: Local) => unknown];

const cases: Case[] = [
  [
    "eleven tags of an object",
    inBucket({ tags: tags(11) }),
    "Object tags cannot be greater than 10",
    inBucket({ tags: tags(10) }),
  ],
  [
    "51 tags of a network",
    make("aws_vpc", { cidr_block: "10.0.0.0/16", tags: tags(51) }),
    "TagLimitExceeded",
    make("aws_vpc", { cidr_block: "10.0.0.0/16", tags: tags(50) }),
  ],
  [
    "51 tags of a template's instances",
    make("aws_launch_template", { name: "core", tag_specifications: [{ resource_type: "instance", tags: tags(51) }] }),
    "TagLimitExceeded",
  ],
  [
    "tags of a role that differ by case",
    make("aws_iam_role", role({ tags: { Team: "a", team: "b" } })),
    "Tag keys are case insensitive",
    make("aws_vpc", { cidr_block: "10.0.0.0/16", tags: { Team: "a", team: "b" } }),
  ],
  ["a tag of AWS's own", make("aws_vpc", { cidr_block: "10.0.0.0/16", tags: { "aws:x": "y" } }), "reserved"],
  ["a tag with a sign that is none", make("aws_iam_role", role({ tags: { Team: "a*" } })), "Tag value 'a*'"],
  [
    "a trust policy of more than 2,048",
    make("aws_iam_role", role({ assume_role_policy: policy(2049) })),
    "ACLSizePerRole: 2048",
    make("aws_iam_role", role({ assume_role_policy: policy(2048) })),
  ],
  [
    "an inline policy of more than 10,240",
    inline(10_241),
    "Maximum policy size of 10240 bytes exceeded for role core",
    inline(10_240),
  ],
  [
    "inline policies of more than 10,240 in all",
    inline(6_000, 6_000),
    "Maximum policy size of 10240 bytes exceeded",
    inline(6_000, 4_240),
  ],
  [
    "a managed policy of more than 6,144",
    make("aws_iam_policy", { name: "p", policy: policy(6_145) }),
    "PolicySize: 6144",
    make("aws_iam_policy", { name: "p", policy: policy(6_144) }),
  ],
  ["eleven policies of a role", attach(11), "PoliciesPerRole: 10", attach(10)],
  [
    "a path with a sign that a rule does not take",
    path("/odata/Products(1)"),
    "contains a character that is not valid",
    path("/a_b-c.d$e/~\"'@:+&*"),
  ],
  ["a path of more than 128", path(`/${"a".repeat(128)}`), "too long; the limit is '128'", path(`/${"a".repeat(127)}`)],
  ["a host without a period", host("intranet"), "is not a valid host name", host("shop.example.com", "*.example.com")],
  ["a host that is an address", host("10.0.0.7"), "is not a valid host name"],
  [
    "six values of a rule",
    path("/1", "/2", "/3", "/4", "/5", "/6"),
    "'5' condition values",
    path("/1", "/2", "/3", "/4", "/5"),
  ],
  [
    "a name of a load balancer that is too long",
    (cloud) => cloud.apply("aws_lb", { name: "a".repeat(33), subnets: network(cloud).subnets.map(id) }),
    "longer than '32'",
    (cloud) => cloud.apply("aws_lb", { name: "a".repeat(32), subnets: network(cloud).subnets.map(id) }),
  ],
  [
    "a load balancer of AWS's own name",
    (cloud) => cloud.apply("aws_lb", { name: "internal-x", subnets: network(cloud).subnets.map(id) }),
    "cannot begin with 'internal-'",
  ],
  [
    "a target group with two hyphens in a row",
    make("aws_lb_target_group", { name: "a--b", port: 80, protocol: "HTTP" }),
    "(?!.*--)",
    make("aws_lb_target_group", { name: "a-b", port: 80, protocol: "HTTP" }),
  ],
  [
    "a template of a short name",
    make("aws_launch_template", { name: "ab" }),
    "InvalidLaunchTemplateName.MalformedException",
    make("aws_launch_template", { name: "abc" }),
  ],
  [
    "a security group of AWS's own name",
    (cloud) => cloud.apply("aws_security_group", { name: "sg-x", vpc_id: id(network(cloud).vpc) }),
    "may not be in the format sg-*",
  ],
  [
    "a parameter of AWS's own name",
    make("aws_ssm_parameter", { name: "aws-x", type: "String", value: "x" }),
    "can't be prefixed with",
    make("aws_ssm_parameter", { name: "/shop/x", type: "String", value: "x" }),
  ],
  [
    "a parameter of 16 levels",
    make("aws_ssm_parameter", { name: "/a".repeat(16), type: "String", value: "x" }),
    "HierarchyLevelLimitExceeded",
    make("aws_ssm_parameter", { name: "/a".repeat(15), type: "String", value: "x" }),
  ],
  [
    "a bucket that ends as an alias does",
    make("aws_s3_bucket", { bucket: "acme-s3alias" }),
    "InvalidBucketName",
    make("aws_s3_bucket", { bucket: "acme.shop" }),
  ],
  ["a bucket that looks like an address", make("aws_s3_bucket", { bucket: "10.0.0.1" }), "InvalidBucketName"],
  [
    "a log group with a blank",
    make("aws_cloudwatch_log_group", { name: "a b" }),
    "logGroupName",
    make("aws_cloudwatch_log_group", { name: "/a#b_c-d.e" }),
  ],
  [
    "a network for multicast",
    make("aws_vpc", { cidr_block: "224.0.0.0/16" }),
    "InvalidVpc.Range: The CIDR '224.0.0.0/16' is invalid.",
    make("aws_vpc", { cidr_block: "100.64.0.0/16" }),
  ],
  [
    "a subnet of eight addresses",
    (cloud) => cloud.apply("aws_subnet", { vpc_id: id(network(cloud).vpc), cidr_block: "10.0.9.0/29" }),
    "InvalidSubnet.Range",
    (cloud) => cloud.apply("aws_subnet", { vpc_id: id(network(cloud).vpc), cidr_block: "10.0.9.0/28" }),
  ],
  [
    "a group of too large disks",
    group("gp3", 70_000),
    "Volume of 70000GiB is too large for volume type gp3; maximum is 65536GiB",
    group("gp3", 65_536),
  ],
  [
    "a volume that is too large for its type",
    make("aws_ebs_volume", { availability_zone: "eu-west-1a", size: 20_000, type: "gp2" }),
    "maximum is 16384GiB",
    make("aws_ebs_volume", { availability_zone: "eu-west-1a", size: 20_000, type: "gp3" }),
  ],
];

describe("the embedded cloud refuses, in AWS's words,", () => {
  test.each(cases)("%s", (_, refused, words, taken) => {
    expect(() => refused(new Local())).toThrow(words);
    taken?.(new Local());
  });

  test("also where a change goes beyond a limit, and keeps what was", () => {
    const cloud = new Local();
    const before = inBucket({ tags: tags(10) })(cloud);
    expect(() =>
      cloud.apply("aws_s3_object", { bucket: "acme-shop", key: "a", content: "a", tags: tags(11) }, before),
    ).toThrow("Object tags cannot be greater than 10");
    expect(cloud.read("aws_s3_object", before)?.["tags"]).toEqual(tags(10));
  });
});

test("default tags count, and an object may be told to leave them out", () => {
  const cloud = new Local(services(), { region: "eu-west-1", default_tags: [{ tags: tags(11) }] });
  expect(() => inBucket({})(cloud)).toThrow("Object tags cannot be greater than 10");
  const spared = cloud.apply("aws_s3_object", {
    ...{ bucket: "acme-shop", key: "a", content: "a", tags: { Own: "x" } },
    override_provider: [{ default_tags: [{ tags: {} }] }],
  });
  expect(spared["tags_all"]).toEqual({ Own: "x" });
});

test("a managed policy goes after its last attachment", () => {
  const cloud = new Local();
  cloud.apply("aws_iam_role", role({}));
  const managed = cloud.apply("aws_iam_policy", { name: "p", policy: policy(100) });
  expect(id(managed)).toBe("arn:aws:iam::000000000000:policy/p");
  const attachment = cloud.apply("aws_iam_role_policy_attachment", { role: "core", policy_arn: id(managed) });
  expect(() => cloud.destroy("aws_iam_policy", managed)).toThrow("DeleteConflict");
  cloud.destroy("aws_iam_role_policy_attachment", attachment);
  cloud.destroy("aws_iam_policy", managed);
  expect(() => cloud.apply("aws_iam_role_policy_attachment", { role: "core", policy_arn: id(managed) })).toThrow(
    "does not exist or is not attachable",
  );
});

test.each(["ap-east-2", "ap-southeast-6", "us-west-1"])("%s is a region like all others", (region) => {
  const cloud = new Local(services(), { region });
  expect(cloud.data("aws_availability_zones")["names"]).toContain(`${region}b`);
});
