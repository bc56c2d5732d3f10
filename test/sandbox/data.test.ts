import { expect, test } from "vitest";
import { id, Local, network } from "./local.js";

test("zones, identity, region and partition follow from the provider", () => {
  const cloud = new Local(undefined, {
    region: "us-west-1",
    assume_role: [{ role_arn: "arn:aws:iam::123456789012:role/x" }],
  });
  expect(cloud.data("aws_availability_zones")).toMatchObject({
    names: ["us-west-1a", "us-west-1b"],
    zone_ids: ["usw1-az1", "usw1-az2"],
  });
  expect(cloud.data("aws_availability_zones", { exclude_names: ["us-west-1a"] })["names"]).toEqual(["us-west-1b"]);
  expect(
    cloud.data("aws_availability_zones", { filter: [{ name: "zone-name", values: ["us-west-1a"] }] })["names"],
  ).toEqual(["us-west-1a"]);
  expect(cloud.data("aws_availability_zones", { state: "impaired" })["names"]).toEqual([]);
  expect(() => cloud.data("aws_availability_zones", { filter: [{ name: "colour", values: ["x"] }] })).toThrow(
    "filter 'colour'",
  );
  expect(cloud.data("aws_caller_identity")["account_id"]).toBe("123456789012");
  expect(cloud.data("aws_region")).toMatchObject({ name: "us-west-1", endpoint: "ec2.us-west-1.amazonaws.com" });
  expect(() => cloud.data("aws_region", { name: "mars" })).toThrow("region not found");
  expect(cloud.data("aws_partition")).toMatchObject({
    partition: "aws",
    dns_suffix: "amazonaws.com",
    reverse_dns_prefix: "com.amazonaws",
  });
  expect(new Local(undefined, { region: "cn-north-1" }).data("aws_partition")["partition"]).toBe("aws-cn");
  expect(new Local(undefined, { region: "us-gov-west-1" }).data("aws_partition")["partition"]).toBe("aws-us-gov");
});

test("networks and subnets are found by id, range, tag and filter", () => {
  const cloud = new Local();
  const { vpc, subnets } = network(cloud);
  const tagged = cloud.apply("aws_vpc", { cidr_block: "10.8.0.0/16", tags: { Name: "eight" } });
  expect(cloud.data("aws_vpc", { id: id(vpc) })).toMatchObject({ cidr_block: "10.0.0.0/16", state: "available" });
  expect(id(cloud.data("aws_vpc", { tags: { Name: "eight" } }))).toBe(id(tagged));
  expect(id(cloud.data("aws_vpc", { filter: [{ name: "cidr", values: ["10.8.*"] }] }))).toBe(id(tagged));
  expect(() => cloud.data("aws_vpc", {})).toThrow("multiple EC2 VPCs matched");
  expect(() => cloud.data("aws_vpc", { default: true })).toThrow("no matching EC2 VPC found");
  expect(cloud.data("aws_subnets", { filter: [{ name: "vpc-id", values: [id(vpc)] }] })["ids"]).toEqual(
    subnets.map(id).sort(),
  );
  expect(cloud.data("aws_subnets", { filter: [{ name: "availability-zone", values: ["eu-west-1b"] }] })["ids"]).toEqual(
    [id(subnets[1] ?? {})],
  );
  expect(() => cloud.data("aws_subnets", { filter: [{ name: "colour", values: ["x"] }] })).toThrow("filter 'colour'");
});

test("an image is made up from what is asked, and the same for the same question", () => {
  const cloud = new Local();
  const photon = { owners: ["amazon"], filter: [{ name: "name", values: ["photon-hvm-5.0-*-arm64"] }] };
  const image = cloud.data("aws_ami", photon);
  expect(image).toMatchObject({
    architecture: "arm64",
    name: "photon-hvm-5.0-sandbox-arm64",
    owner_id: "137112412989",
  });
  expect(id(image)).toMatch(/^ami-0[0-9a-f]{16}$/);
  expect(id(cloud.data("aws_ami", photon))).toBe(id(image));
  expect(cloud.data("aws_ami", { owners: ["self"], name_regex: "^web-.*$" })).toMatchObject({
    architecture: "x86_64",
    owner_id: "000000000000",
  });
  expect(id(cloud.data("aws_ami", { filter: [{ name: "image-id", values: ["ami-0abc"] }] }))).toBe("ami-0abc");
  expect(() => cloud.data("aws_ami", { filter: [{ name: "image-id", values: ["nope"] }] })).toThrow(
    "InvalidAMIID.Malformed",
  );
});

test("parameters are read from the store, those of AWS are made up", () => {
  const cloud = new Local();
  cloud.apply("aws_ssm_parameter", { name: "/a", type: "String", value: "v" });
  cloud.apply("aws_ssm_parameter", { name: "/b", type: "SecureString", value: "s" });
  expect(cloud.data("aws_ssm_parameter", { name: "/a" })).toMatchObject({
    value: "v",
    insecure_value: "v",
    type: "String",
  });
  expect(cloud.data("aws_ssm_parameter", { name: "/b" })).toMatchObject({ value: "s", insecure_value: null });
  expect(() => cloud.data("aws_ssm_parameter", { name: "/c" })).toThrow("ParameterNotFound");
  expect(cloud.data("aws_ssm_parameter", { name: "/aws/service/ami-amazon-linux-latest/x" })["value"]).toMatch(/^ami-/);
  expect(cloud.data("aws_ssm_parameter", { name: "/aws/service/global-infrastructure/version" })["value"]).toBe(
    "version",
  );
});

test("a policy document is written as the real provider writes it", () => {
  const cloud = new Local();
  const statement = [
    {
      sid: "One",
      actions: ["s3:GetObject", "s3:PutObject"],
      resources: ["arn:aws:s3:::b/*"],
      condition: [
        { test: "StringEquals", variable: "aws:x", values: ["b", "a"] },
        { test: "Bool", variable: "aws:SecureTransport", values: ["<&{aws:username}>"] },
      ],
    },
    {
      effect: "Deny",
      not_actions: ["iam:*"],
      not_resources: ["*"],
      not_principals: [
        { type: "Service", identifiers: ["ec2.amazonaws.com"] },
        { type: "AWS", identifiers: ["arn:aws:iam::1:root", "arn:aws:iam::2:root"] },
      ],
    },
    { actions: ["sts:AssumeRole"], principals: [{ type: "*", identifiers: ["*"] }] },
  ];
  const document = cloud.data("aws_iam_policy_document", { statement, policy_id: "p" });
  expect(JSON.parse(String(document["json"]))).toEqual({
    Version: "2012-10-17",
    Id: "p",
    Statement: [
      {
        Sid: "One",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:GetObject"],
        Resource: "arn:aws:s3:::b/*",
        Condition: { Bool: { "aws:SecureTransport": "<${aws:username}>" }, StringEquals: { "aws:x": ["b", "a"] } },
      },
      {
        Effect: "Deny",
        NotAction: "iam:*",
        NotResource: "*",
        NotPrincipal: { AWS: ["arn:aws:iam::2:root", "arn:aws:iam::1:root"], Service: "ec2.amazonaws.com" },
      },
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" },
    ],
  });
  expect(document["minified_json"]).toContain("\\u003c${aws:username}\\u003e");
  const merged = cloud.data("aws_iam_policy_document", {
    source_policy_documents: [String(document["json"])],
    statement: [{ sid: "One", actions: ["a:b"], resources: ["*"] }],
    override_policy_documents: ['{"Statement":{"Sid":"Two","Effect":"Deny","Action":"z:z","Resource":"*"}}'],
  });
  expect(
    JSON.parse(String(merged["json"])).Statement.map((found: { Sid?: string; Action?: string }) => [
      found.Sid,
      found.Action,
    ]),
  ).toEqual([
    ["One", "a:b"],
    [undefined, undefined],
    [undefined, "sts:AssumeRole"],
    ["Two", "z:z"],
  ]);
  expect(() => cloud.data("aws_iam_policy_document", { source_policy_documents: ["{"] })).toThrow("not JSON");
});
