import { describe, expect, test } from "vitest";
import { isWhollyKnown, objects, single, text, type ObjectValue } from "../../sandbox/value.js";
import { id, Local, network, tables } from "./local.js";

/** A configuration of each type, in an order in which they can be made; names stand for ids of those before. */
function everything(cloud: Local): { type: string; config: ObjectValue; state: ObjectValue }[] {
  const made: { type: string; config: ObjectValue; state: ObjectValue }[] = [];
  const make = (type: string, config: ObjectValue): ObjectValue => {
    const state = cloud.apply(type, config);
    made.push({ type, config, state });
    return state;
  };
  const vpc = make("aws_vpc", { cidr_block: "10.0.0.0/16" });
  const [one, two] = ["a", "b"].map((letter, index) =>
    make("aws_subnet", { vpc_id: id(vpc), cidr_block: `10.0.${index}.0/24`, availability_zone: `eu-west-1${letter}` }),
  );
  const subnets = [one, two].map((subnet) => id(subnet ?? {}));
  const first = subnets[0] ?? "";
  make("aws_internet_gateway", { vpc_id: id(vpc) });
  const ip = make("aws_eip", { domain: "vpc" });
  const nat = make("aws_nat_gateway", { subnet_id: first, allocation_id: id(ip) });
  const table = make("aws_route_table", { vpc_id: id(vpc) });
  make("aws_route", { route_table_id: id(table), destination_cidr_block: "0.0.0.0/0", nat_gateway_id: id(nat) });
  make("aws_route_table_association", { route_table_id: id(table), subnet_id: first });
  make("aws_vpc_endpoint", {
    vpc_id: id(vpc),
    service_name: "com.amazonaws.eu-west-1.s3",
    route_table_ids: [id(table)],
  });
  make("aws_default_security_group", { vpc_id: id(vpc) });
  const group = make("aws_security_group", { vpc_id: id(vpc), name_prefix: "web-" });
  const rule = { security_group_id: id(group), ip_protocol: "tcp", from_port: 80, to_port: 80, cidr_ipv4: "0.0.0.0/0" };
  make("aws_vpc_security_group_ingress_rule", rule);
  make("aws_vpc_security_group_egress_rule", rule);
  const role = make("aws_iam_role", { name: "r", assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' });
  make("aws_iam_role_policy", { role: id(role), name: "p", policy: "{}" });
  make("aws_iam_role_policy_attachment", { role: id(role), policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
  const profile = make("aws_iam_instance_profile", { name: "p", role: id(role) });
  const template = make("aws_launch_template", {
    name: "template",
    instance_type: "m7g.large",
    iam_instance_profile: [{ arn: profile["arn"] ?? "" }],
    metadata_options: [{ http_tokens: "required" }],
  });
  const targets = make("aws_lb_target_group", { name: "t", port: 80, protocol: "HTTP", vpc_id: id(vpc) });
  make("aws_autoscaling_group", {
    name: "asg",
    min_size: 1,
    max_size: 3,
    vpc_zone_identifier: subnets,
    target_group_arns: [id(targets)],
    launch_template: [{ id: id(template), version: "$Latest" }],
  });
  make("aws_autoscaling_lifecycle_hook", {
    name: "h",
    autoscaling_group_name: "asg",
    lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
  });
  const bucket = make("aws_s3_bucket", { bucket_prefix: "shop-" });
  const named = { bucket: id(bucket) };
  make("aws_s3_bucket_versioning", { ...named, versioning_configuration: [{ status: "Enabled" }] });
  make("aws_s3_bucket_public_access_block", { ...named, block_public_acls: true });
  make("aws_s3_bucket_policy", { ...named, policy: '{"Version":"2012-10-17","Statement":[]}' });
  make("aws_s3_bucket_ownership_controls", { ...named, rule: [{ object_ownership: "BucketOwnerEnforced" }] });
  make("aws_s3_bucket_lifecycle_configuration", {
    ...named,
    rule: [{ id: "x", status: "Enabled", expiration: [{ days: 1 }] }],
  });
  make("aws_s3_bucket_server_side_encryption_configuration", {
    ...named,
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }],
  });
  make("aws_s3_object", { ...named, key: "release.json", content: "{}" });
  make("aws_ssm_parameter", { name: "/shop/x", type: "SecureString", value: "v" });
  const balancer = make("aws_lb", { name: "public", subnets, security_groups: [id(group)] });
  const listener = make("aws_lb_listener", {
    load_balancer_arn: id(balancer),
    port: 80,
    default_action: [{ type: "fixed-response", fixed_response: [{ content_type: "text/plain", status_code: "404" }] }],
  });
  make("aws_lb_listener_rule", {
    listener_arn: id(listener),
    action: [{ type: "forward", target_group_arn: id(targets) }],
    condition: [{ path_pattern: [{ values: ["/a"] }] }],
  });
  make("aws_cloudwatch_log_group", { name: "/shop" });
  make("aws_cloudwatch_metric_alarm", {
    alarm_name: "a",
    comparison_operator: "GreaterThanThreshold",
    evaluation_periods: 1,
  });
  const files = make("aws_efs_file_system", { encrypted: true, tags: { Name: "files" } });
  make("aws_efs_mount_target", { file_system_id: id(files), subnet_id: first });
  make("aws_efs_file_system_policy", { file_system_id: id(files), policy: '{"Statement":[],"Version":"2012-10-17"}' });
  make("aws_instance", { ami: "ami-1", instance_type: "t3.nano", subnet_id: first });
  make("aws_ebs_volume", { availability_zone: "eu-west-1a", type: "gp3", size: 10 });
  make("aws_sqs_queue", { name: "q" });
  return made;
}

describe("every type", () => {
  test("is wholly known once made, is read as it was made, and then planned as it is", () => {
    const cloud = new Local();
    const made = everything(cloud);
    for (const { type, config, state } of made) {
      expect(isWhollyKnown(state), type).toBe(true);
      expect(id(state), type).not.toBe("");
      expect(cloud.plan(type, config, state), type).toEqual({ planned: state, replace: [] });
      expect(cloud.read(type, state), type).toEqual(state);
    }
  });

  test("is imported as it is, where there is a way", () => {
    const cloud = new Local();
    const ids: Record<string, (state: ObjectValue) => string> = {
      aws_route: (state) => `${String(state["route_table_id"])}_0.0.0.0/0`,
      aws_route_table_association: (state) => `${String(state["subnet_id"])}/${String(state["route_table_id"])}`,
      aws_autoscaling_lifecycle_hook: () => "asg/h",
      aws_iam_role_policy_attachment: (state) => `${String(state["role"])}/${String(state["policy_arn"])}`,
      aws_s3_object: (state) => `s3://${String(state["bucket"])}/${String(state["key"])}`,
    };
    for (const { type, state } of everything(cloud)) {
      const name = (ids[type] ?? id)(state);
      expect(cloud.import(type, name), type).toEqual(state);
      if (ids[type]) expect(() => cloud.import(type, "nonsense"), type).toThrow();
    }
  });

  test("gets the same ids wherever and in whichever order it is made", () => {
    const [one, two] = [new Local(), new Local()];
    two.apply("aws_cloudwatch_log_group", { name: "/another" });
    const states = (cloud: Local) => everything(cloud).map(({ type, state }) => `${type} ${id(state)}`);
    expect(states(one)).toEqual(states(two));
  });

  test("goes in the reverse order, and then nothing is there any more", () => {
    const cloud = new Local();
    const made = everything(cloud);
    for (const { type, state } of made.reverse()) cloud.destroy(type, state);
    const left = cloud.at.store
      .places()
      .flatMap((place) => cloud.at.store.types(place).flatMap((type) => cloud.at.store.list(place, type)));
    expect(left).toEqual([]);
    for (const { type, state } of made) expect(cloud.read(type, state), type).toBeNull();
  });

  test("with behaviour has a schema", () => {
    for (const { type } of everything(new Local())) expect(tables.resources[type], type).toBeDefined();
  });
});

test("names, addresses and ARNs have the shapes that AWS gives them", () => {
  const made = Object.fromEntries(everything(new Local()).map(({ type, state }) => [type, state]));
  expect(made["aws_eip"]?.["public_ip"]).toMatch(/^198\.1[89]\.\d+\.\d+$/);
  expect(made["aws_nat_gateway"]).toMatchObject({
    public_ip: made["aws_eip"]?.["public_ip"],
    private_ip: expect.stringMatching(/^10\.0\.0\./),
  });
  expect(made["aws_lb"]).toMatchObject({
    arn: expect.stringMatching(
      /^arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer\/app\/public\/[0-9a-f]{16}$/,
    ),
    dns_name: expect.stringMatching(/^public-\d{9,10}\.eu-west-1\.elb\.amazonaws\.com$/),
    zone_id: "Z32O12XQLNTSW2",
  });
  expect(made["aws_iam_role"]).toMatchObject({
    arn: "arn:aws:iam::000000000000:role/r",
    unique_id: expect.stringMatching(/^AROA[0-9A-Z]{17}$/),
  });
  expect(made["aws_s3_bucket"]?.["bucket"]).toMatch(/^shop-\d{26}$/);
  expect(made["aws_s3_object"]).toMatchObject({
    etag: "99914b932bd37a50b983c5e7c90ae93b",
    version_id: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(made["aws_ssm_parameter"]).toMatchObject({
    arn: "arn:aws:ssm:eu-west-1:000000000000:parameter/shop/x",
    version: 1,
    tier: "Standard",
  });
  expect(made["aws_efs_mount_target"]?.["dns_name"]).toMatch(/^fs-0[0-9a-f]{16}\.efs\.eu-west-1\.amazonaws\.com$/);
  expect(made["aws_autoscaling_group"]).toMatchObject({
    desired_capacity: 1,
    availability_zones: ["eu-west-1a", "eu-west-1b"],
  });
  expect(single(made["aws_launch_template"]?.["iam_instance_profile"])?.["arn"]).toBe(
    "arn:aws:iam::000000000000:instance-profile/p",
  );
});

test("an object's content changes its version and its etag, a tag changes neither", () => {
  const cloud = new Local();
  const bucket = { bucket: "shop-releases" };
  cloud.apply("aws_s3_bucket", bucket);
  cloud.apply("aws_s3_bucket_versioning", { ...bucket, versioning_configuration: [{ status: "Enabled" }] });
  const first = cloud.apply("aws_s3_object", { ...bucket, key: "k", content: "1" });
  const second = cloud.apply("aws_s3_object", { ...bucket, key: "k", content: "2" }, first);
  expect(second["version_id"]).not.toBe(first["version_id"]);
  expect(second["etag"]).not.toBe(first["etag"]);
  const tagged = cloud.apply("aws_s3_object", { ...bucket, key: "k", content: "2", tags: { a: "b" } }, second);
  expect(tagged).toMatchObject({ version_id: second["version_id"], etag: second["etag"], tags_all: { a: "b" } });
});

test("a launch template gets a version with each change, and keeps its default one unless told otherwise", () => {
  const cloud = new Local();
  const first = cloud.apply("aws_launch_template", { name: "lt-one", instance_type: "m7g.large" });
  const second = cloud.apply("aws_launch_template", { name: "lt-one", instance_type: "m7g.xlarge" }, first);
  expect(second).toMatchObject({ latest_version: 2, default_version: 1 });
  const third = cloud.apply(
    "aws_launch_template",
    { name: "lt-one", instance_type: "m7g.medium", update_default_version: true },
    second,
  );
  expect(third).toMatchObject({ latest_version: 3, default_version: 3 });
});

test("a parameter counts its values", () => {
  const cloud = new Local();
  const first = cloud.apply("aws_ssm_parameter", { name: "/p", type: "String", value: "a" });
  expect(cloud.apply("aws_ssm_parameter", { name: "/p", type: "String", value: "b" }, first)["version"]).toBe(2);
});

test("actions of listeners are numbered, and rules get priorities", () => {
  const listed = everything(new Local()).filter(({ type }) => type.startsWith("aws_lb_listener"));
  const [listener, rule] = listed.map(({ state }) => state);
  expect(objects(listener?.["default_action"])[0]?.["order"]).toBe(1);
  expect(rule?.["priority"]).toBe(1);
  expect(text(rule?.["arn"])).toContain(":listener-rule/app/public/");
});

test("deleting a load balancer takes its listeners along, a route table its routes", () => {
  const cloud = new Local();
  const { vpc, subnets } = network(cloud);
  const balancer = cloud.apply("aws_lb", { name: "l", subnets: subnets.map(id), internal: true });
  expect(text(balancer["dns_name"])).toMatch(/^internal-l-/);
  const action = [{ type: "fixed-response", fixed_response: [{ content_type: "text/plain" }] }];
  const listener = cloud.apply("aws_lb_listener", {
    load_balancer_arn: id(balancer),
    port: 80,
    protocol: "HTTP",
    default_action: action,
  });
  const rule = cloud.apply("aws_lb_listener_rule", {
    listener_arn: id(listener),
    priority: 5,
    action,
    condition: [{ path_pattern: [{ values: ["/"] }] }],
  });
  cloud.destroy("aws_lb", balancer);
  expect(cloud.read("aws_lb_listener", listener)).toBeNull();
  expect(cloud.read("aws_lb_listener_rule", rule)).toBeNull();
  const table = cloud.apply("aws_route_table", { vpc_id: id(vpc) });
  const route = cloud.apply("aws_route", { route_table_id: id(table), destination_ipv6_cidr_block: "::/0" });
  cloud.destroy("aws_route_table", table);
  expect(cloud.read("aws_route", route)).toBeNull();
});
