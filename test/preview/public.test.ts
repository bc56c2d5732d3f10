import { describe, expect, test } from "vitest";
import { blocking, compared, type Raw } from "./beside.js";

const policy = blocking({ rule: "opensEdge", of: "public" });
const raw = (resource: NonNullable<Raw["resource"]>): Raw => ({ resource });
const openedBy = (before: Raw, after: Raw): string[] => {
  const [cluster] = compared(before, after, policy).clusters;
  const open = cluster!.changes.filter(({ marks }) => marks.includes("opens-public"));
  expect(cluster!.policy.length).toBe(open.length);
  return open.flatMap(({ id, effect }) =>
    effect
      .filter((text) => /^open to everybody|^anybody may| goes$/.test(text))
      .map((text) => `${id.replace("resource:", "")}: ${text}`),
  );
};

describe("a rule of a security group", () => {
  const inline = (from: number, to: number, cidr = "0.0.0.0/0", more: object = {}): object => ({
    name: "g",
    vpc_id: "${aws_vpc.cluster.id}",
    ingress: [{ from_port: from, to_port: to, protocol: "tcp", cidr_blocks: [cidr], ipv6_cidr_blocks: [], ...more }],
  });
  const bare = { name: "g", vpc_id: "${aws_vpc.cluster.id}" };
  const flat = (more: object = {}): object => ({
    security_group_id: "${aws_security_group.g.id}",
    cidr_ipv4: "0.0.0.0/0",
    from_port: 22,
    to_port: 22,
    ip_protocol: "tcp",
    ...more,
  });
  const groups = (g: object, rules: Record<string, object> = {}, type = "aws_vpc_security_group_ingress_rule"): Raw =>
    raw({
      aws_security_group: { g },
      ...(Object.keys(rules).length > 0 && { [type]: rules as Record<string, object> }),
    });

  test("that gets narrower opens nothing", () => {
    expect(openedBy(groups(inline(1, 65_535)), groups(inline(443, 443)))).toEqual([]);
    expect(openedBy(groups(inline(22, 22)), groups(inline(22, 22, "0.0.0.0/1")))).toEqual([]);
    const all = { protocol: "-1", from_port: 0, to_port: 0 };
    expect(openedBy(groups(inline(0, 0, "0.0.0.0/0", all)), groups(inline(22, 22)))).toEqual([]);
    expect(openedBy(groups(bare, { r: flat({ from_port: 1 }) }), groups(bare, { r: flat() }))).toEqual([]);
  });

  test("that gets wider, or is of another protocol, does", () => {
    const open = "aws_security_group.g: open to everybody: tcp 1-443 from 0.0.0.0/0";
    expect(openedBy(groups(inline(443, 443)), groups(inline(1, 443)))).toEqual([open]);
    expect(openedBy(groups(inline(1, 443, "0.0.0.0/1")), groups(inline(1, 443)))).toEqual([open]);
    const udp = groups(inline(443, 443, "0.0.0.0/0", { protocol: "udp" }));
    expect(openedBy(udp, groups(inline(443, 443)))).toHaveLength(1);
  });

  test("that moves out of its group, or in, opens nothing", () => {
    const out = groups(bare, { r: flat() });
    expect(openedBy(groups(inline(22, 22)), out)).toEqual([]);
    expect(openedBy(out, groups(inline(22, 22)))).toEqual([]);
    const old = { type: "ingress", protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["0.0.0.0/0"] };
    const unplayed = groups(
      bare,
      { r: { security_group_id: "${aws_security_group.g.id}", ...old } },
      "aws_security_group_rule",
    );
    expect(openedBy(groups(inline(22, 22)), unplayed)).toEqual([]);
    expect(openedBy(unplayed, groups(inline(22, 22)))).toEqual([]);
  });

  test("that belongs to another group from now on opens that", () => {
    const two = (of: string): Raw =>
      raw({
        aws_security_group: { g: bare, h: { ...bare, name: "h" } },
        aws_vpc_security_group_ingress_rule: { r: flat({ security_group_id: `\${aws_security_group.${of}.id}` }) },
      });
    expect(openedBy(two("g"), two("h"))).toHaveLength(1);
  });

  test("of a group that is made anew opens nothing", () => {
    const was = groups({ ...bare, description: "a" }, { r: flat() });
    expect(openedBy(was, groups({ ...bare, description: "b" }, { r: flat() }))).toEqual([]);
  });
});

describe("a load balancer", () => {
  const balancer = (more: object): Raw =>
    raw({ aws_lb: { own: { name: "own", load_balancer_type: "network", ...more } } });

  test("that faces the outside is told", () => {
    const told = ["aws_lb.own: open to everybody: a public load balancer"];
    expect(openedBy({}, balancer({}))).toEqual(told);
    expect(openedBy(balancer({ internal: true }), balancer({ internal: false }))).toEqual(told);
    expect(openedBy({}, raw({ aws_elb: { own: { name: "own" } } }))).toHaveLength(1);
    expect(openedBy({}, balancer({ internal: true }))).toEqual([]);
    expect(openedBy(balancer({}), balancer({ internal: false }))).toEqual([]);
  });
});

describe("a policy", () => {
  const statement = (more: object = {}): object => ({
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: "${aws_s3_bucket.b.arn}/*",
    ...more,
  });
  const bucket = (...statements: object[]): Raw =>
    raw({
      aws_s3_bucket: { b: { bucket: "acme-b" } },
      aws_s3_bucket_policy: {
        p: { bucket: "${aws_s3_bucket.b.id}", policy: JSON.stringify({ Statement: statements }) },
      },
    });
  const told = ["aws_s3_bucket_policy.p: anybody may s3:GetObject"];

  test("that lets anybody in is told, also with the bucket that it is of", () => {
    expect(openedBy({}, bucket(statement()))).toEqual(told);
    expect(openedBy(bucket(statement({ Principal: { AWS: "123456789012" } })), bucket(statement()))).toEqual(told);
    expect(openedBy({}, bucket(statement({ Principal: { AWS: ["*"] } })))).toEqual(told);
    expect(openedBy(bucket(statement()), bucket(statement({ Action: "s3:*" })))).toEqual([
      "aws_s3_bucket_policy.p: anybody may s3:*",
    ]);
  });

  test("that is bound, refuses, or allows less than before, is not", () => {
    expect(openedBy({}, bucket(statement({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })))).toEqual(
      [],
    );
    expect(openedBy({}, bucket(statement({ Effect: "Deny" })))).toEqual([]);
    expect(openedBy(bucket(statement({ Action: "s3:*" })), bucket(statement()))).toEqual([]);
    expect(openedBy(bucket(statement()), bucket(statement()))).toEqual([]);
  });

  test.each([
    ["aws_sqs_queue_policy", "policy", "sqs:SendMessage"],
    ["aws_sns_topic_policy", "policy", "sns:Publish"],
    ["aws_sqs_queue", "policy", "sqs:SendMessage"],
    ["aws_iam_role", "assume_role_policy", "sts:AssumeRole"],
  ])("of %s is read", (type, name, action) => {
    const of = (Principal: unknown): Raw =>
      raw({
        [type]: {
          own: { name: "own", [name]: JSON.stringify({ Statement: { Effect: "Allow", Principal, Action: action } }) },
        },
      });
    expect(openedBy({}, of("*"))).toEqual([`${type}.own: anybody may ${action}`]);
    expect(openedBy(of({ AWS: "123456789012" }), of({ AWS: "*" }))).toEqual([`${type}.own: anybody may ${action}`]);
    expect(openedBy({}, of({ Service: "ec2.amazonaws.com" }))).toEqual([]);
  });

  test("that holds inside the network alone is not told", () => {
    const endpoint = { vpc_id: "${aws_vpc.cluster.id}", service_name: "com.amazonaws.eu-west-1.s3" };
    const open = JSON.stringify({ Statement: [statement({ Resource: "*" })] });
    expect(openedBy({}, raw({ aws_vpc_endpoint: { own: { ...endpoint, policy: open } } }))).toEqual([]);
  });
});

describe("the guard of a bucket", () => {
  const flags = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
  const guard = (on = true): object => ({
    bucket: "${aws_s3_bucket.b.id}",
    ...Object.fromEntries(flags.map((flag) => [flag, on])),
  });
  const buckets = (...guards: object[]): Raw =>
    raw({
      aws_s3_bucket: { b: { bucket: "acme-b" } },
      ...(guards.length > 0 && {
        aws_s3_bucket_public_access_block: Object.fromEntries(guards.map((one, index) => [`g${index}`, one])),
      }),
    });
  const told = ["aws_s3_bucket_public_access_block.g0: the bucket's guard against public access goes"];

  test("is missed where it goes, or is turned off", () => {
    expect(openedBy(buckets(guard()), buckets())).toEqual(told);
    expect(openedBy(buckets(guard()), buckets(guard(false)))).toEqual(told);
    expect(openedBy(buckets(guard()), buckets({ ...guard(), block_public_policy: false }))).toEqual(told);
  });

  test("is not where the bucket goes along", () => {
    expect(openedBy(buckets(guard()), {})).toEqual([]);
    expect(openedBy(buckets(guard()), buckets(guard()))).toEqual([]);
  });
});
