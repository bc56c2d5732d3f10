import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const names = z.array(z.string()).default([]);
const outcome = z.enum(["replace", "update", "none"]);
const typeFacts = z.strictObject({
  replace: names,
  conditional: z
    .record(
      z.string(),
      z.strictObject({ change: outcome.optional(), set: outcome.optional(), unset: outcome.optional() }),
    )
    .default({}),
  defaults: z.record(z.string(), z.unknown()).default({}),
  updates: names,
  updates_when: z.record(z.string(), z.union([names, z.strictObject({ except: names })])).default({}),
  removed: z.record(z.string(), z.unknown()).default({}),
  suppressed: names,
  rewritten: names,
  computed_blocks: names,
  unknown: z.record(z.string(), z.string()).default({}),
});
const { types, legend } = z
  .object({ legend: z.record(z.string(), z.string()), types: z.record(z.string(), typeFacts) })
  .parse(JSON.parse(readFileSync(new URL("../../providers/aws/facts.json", import.meta.url), "utf8")));

const of = (type: string): z.infer<typeof typeFacts> => types[type] ?? typeFacts.parse({});

describe("the facts", () => {
  it("are explained, each of them", () => {
    expect(Object.keys(legend).sort()).toEqual(Object.keys(typeFacts.shape).sort());
  });

  it.each([
    ["aws_vpc", ["cidr_block", "instance_tenancy"], ["tags", "enable_dns_hostnames"]],
    ["aws_subnet", ["availability_zone", "cidr_block", "vpc_id"], ["tags", "map_public_ip_on_launch"]],
    ["aws_lb_target_group", ["name", "port", "protocol", "vpc_id", "target_type"], ["health_check[].path", "tags"]],
    ["aws_lb_listener_rule", ["listener_arn"], ["priority", "action[].target_group_arn"]],
    ["aws_lb_listener", ["load_balancer_arn"], ["port", "protocol", "default_action[].type"]],
    ["aws_lb", ["name", "internal", "load_balancer_type"], ["subnets", "security_groups", "idle_timeout"]],
    ["aws_s3_object", ["bucket", "key"], ["content", "source_hash", "etag", "tags"]],
    ["aws_autoscaling_group", ["name"], ["min_size", "vpc_zone_identifier", "launch_template[].version"]],
    ["aws_launch_template", ["name"], ["image_id", "user_data", "instance_type", "metadata_options[].http_tokens"]],
    ["aws_route", ["route_table_id", "destination_cidr_block"], ["gateway_id", "nat_gateway_id"]],
    ["aws_route_table_association", ["subnet_id"], ["route_table_id"]],
    ["aws_security_group", ["name", "description", "vpc_id"], ["tags"]],
    ["aws_vpc_security_group_ingress_rule", ["security_group_id"], ["from_port", "ip_protocol", "description"]],
    ["aws_iam_role", ["name", "path"], ["assume_role_policy", "description"]],
    ["aws_ssm_parameter", ["name"], ["value", "type", "tier"]],
    ["aws_cloudwatch_log_group", ["name"], ["retention_in_days"]],
  ])("of %s: %j replace, %j do not", (type, replacing, updating) => {
    const { replace, conditional, unknown } = of(type);
    expect(replace).toEqual(expect.arrayContaining(replacing));
    for (const path of updating)
      expect([...replace, ...Object.keys(conditional), ...Object.keys(unknown)]).not.toContain(path);
  });

  it("know that a rule is replaced where its peer becomes one of another kind, and updated where it becomes another", () => {
    const { conditional } = of("aws_vpc_security_group_ingress_rule");
    expect(conditional["cidr_ipv4"]).toEqual({ change: "update", set: "replace", unset: "replace" });
    expect(conditional["referenced_security_group_id"]).toEqual(conditional["cidr_ipv4"]);
  });

  it("know which attributes move with an update", () => {
    expect(of("aws_launch_template").updates_when["latest_version"]).toEqual({
      except: ["default_version", "description", "update_default_version"],
    });
    expect(of("aws_launch_template").updates_when["default_version"]).toEqual(["update_default_version"]);
    expect(of("aws_ssm_parameter").updates_when["version"]).toContain("value");
    expect(of("aws_s3_object").updates_when).toHaveProperty("version_id");
  });

  it("know what the provider fills in", () => {
    expect(of("aws_vpc").defaults).toEqual({ enable_dns_support: true, instance_tenancy: "default" });
    expect(of("aws_lb_target_group").defaults).toMatchObject({ deregistration_delay: "300", target_type: "instance" });
    expect(of("aws_lb_target_group").computed_blocks).toContain("health_check");
    expect(of("aws_autoscaling_group").defaults).toMatchObject({ health_check_grace_period: 300 });
  });

  it("leave next to nothing open", () => {
    const open = Object.entries(types).flatMap(([type, { unknown }]) =>
      Object.keys(unknown).map((path) => `${type}.${path}`),
    );
    expect(open).toEqual(["aws_instance.launch_template[].version"]);
  });
});
