import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Aspects, TerraformResource, TerraformStack, Testing, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { afterAll, describe, expect, it } from "vitest";
import { LightfleetError } from "../../errors/error.js";
import { AwsProvider } from "../../providers/aws/provider.js";
import {
  DataAvailabilityZones,
  LaunchTemplate,
  S3Object,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcSecurityGroupIngressRule,
} from "../../providers/aws/bindings.gen.js";

type Rendered = Record<string, Record<string, Record<string, Record<string, unknown>>>>;

/** cdktf's test apps make a folder each, and leave it: these share one. */
const outdir = mkdtempSync(join(tmpdir(), "lf-bindings-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const newStack = (): TerraformStack => new TerraformStack(Testing.app({ outdir }), "test");

function render(stack: TerraformStack): Rendered {
  const rendered: Rendered = JSON.parse(Testing.synth(stack, true));
  return rendered;
}

describe("the bindings", () => {
  it("render Terraform's names, under the exact address", () => {
    const stack = newStack();
    const zones = new DataAvailabilityZones(stack, "zones", "available", { state: "available" });
    const vpc = new Vpc(stack, "vpc", "main", { cidr_block: "10.0.0.0/16", tags: { Name: "main" } });
    new Subnet(stack, "subnet", "a", {
      vpc_id: vpc.ref("id"),
      cidr_block: "10.0.0.0/20",
      availability_zone: zones.ref("names[0]"),
    });
    const { resource, data } = render(stack);
    expect(data?.["aws_availability_zones"]).toEqual({ available: { state: "available" } });
    expect(resource).toEqual({
      aws_subnet: {
        a: {
          availability_zone: "${data.aws_availability_zones.available.names[0]}",
          cidr_block: "10.0.0.0/20",
          vpc_id: "${aws_vpc.main.id}",
        },
      },
      aws_vpc: { main: { cidr_block: "10.0.0.0/16", tags: { Name: "main" } } },
    });
  });

  it("take references where numbers and truth values stand, and lists of blocks", () => {
    const stack = newStack();
    const group = new SecurityGroup(stack, "core", "core", { name: "core", vpc_id: "vpc-1" });
    new VpcSecurityGroupIngressRule(stack, "rule", "core_7070", {
      security_group_id: group.ref("id"),
      ip_protocol: "tcp",
      from_port: "${var.port}",
      to_port: 7070,
    });
    const template = new LaunchTemplate(stack, "template", "core", {
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [{ device_name: "/dev/xvda", ebs: { encrypted: "true", volume_size: 20 } }],
    });
    expect(group.ref("id")).toBe("${aws_security_group.core.id}");
    expect(template.address).toBe("aws_launch_template.core");
    const { resource } = render(stack);
    expect(resource?.["aws_vpc_security_group_ingress_rule"]?.["core_7070"]).toMatchObject({
      from_port: "${var.port}",
      to_port: 7070,
    });
    expect(resource?.["aws_launch_template"]?.["core"]).toMatchObject({
      block_device_mappings: [{ device_name: "/dev/xvda", ebs: { encrypted: "true", volume_size: 20 } }],
    });
  });

  it("put meta-arguments into cdktf's own fields", () => {
    const stack = newStack();
    const vpc = new Vpc(stack, "vpc", "main", {
      lifecycle: { create_before_destroy: true, ignore_changes: ["tags"] },
    });
    const subnet = new Subnet(stack, "subnet", "a", { vpc_id: "vpc-1", depends_on: [vpc, "aws_eip.one"] });
    subnet.dependsOn?.push("aws_eip.two");
    expect(vpc.lifecycle).toEqual({ createBeforeDestroy: true, ignoreChanges: ["tags"] });
    const { resource } = render(stack);
    expect(resource?.["aws_vpc"]?.["main"]).toEqual({
      lifecycle: { create_before_destroy: true, ignore_changes: ["tags"] },
    });
    expect(resource?.["aws_subnet"]?.["a"]).toEqual({
      vpc_id: "vpc-1",
      depends_on: ["aws_vpc.main", "aws_eip.one", "aws_eip.two"],
    });
  });

  it("keep the escape hatches of cdktf: overrides, Aspects, tokens, logical ids", () => {
    const stack = newStack();
    const vpc = new Vpc(stack, "vpc", "main", { cidr_block: "10.0.0.0/16" });
    vpc.overrideLogicalId("other");
    const group = new SecurityGroup(stack, "core", "core", { vpc_id: vpc.fqn });
    new S3Object(stack, "object", "bundle", { bucket: vpc.getStringAttribute("id"), key: "k" });
    class Tagger implements IAspect {
      visit(node: IConstruct): void {
        if (TerraformResource.isTerraformResource(node)) node.addOverride("tags.Owner", "me");
      }
    }
    Aspects.of(stack).add(new Tagger());
    group.addOverride("description", "set late");
    const { resource } = render(stack);
    expect(resource?.["aws_vpc"]?.["other"]).toEqual({ cidr_block: "10.0.0.0/16", tags: { Owner: "me" } });
    expect(resource?.["aws_security_group"]?.["core"]).toMatchObject({
      description: "set late",
      tags: { Owner: "me" },
      vpc_id: "${aws_vpc.other}",
    });
    expect(resource?.["aws_s3_object"]?.["bundle"]).toMatchObject({ bucket: "${aws_vpc.other.id}" });
    expect(vpc.ref("id")).toBe("${aws_vpc.other.id}");
  });

  it("render the same twice where an override reaches into a list", () => {
    const stack = newStack();
    const given = { block_device_mappings: [{ device_name: "/dev/xvda", ebs: { volume_size: 20 } }] };
    const template = new LaunchTemplate(stack, "template", "core", given);
    template.addOverride("block_device_mappings.0.ebs.volume_size", 40);
    template.addOverride("block_device_mappings.0.more", ["x"]);
    expect(template.toTerraform()).toEqual(template.toTerraform());
    expect(given.block_device_mappings[0]).toEqual({ device_name: "/dev/xvda", ebs: { volume_size: 20 } });
  });

  it("say that they render JSON only", () => {
    const stack = new TerraformStack(new App({ hclOutput: true, outdir }), "test");
    const vpc = new Vpc(stack, "vpc", "main", {});
    expect(() => vpc.toHclTerraform()).toThrow(
      expect.toSatisfy((error: unknown) => LightfleetError.is(error) && error.code === "LF049"),
    );
  });
});

describe("the provider's configuration", () => {
  it("has the source in full, and every argument under its own name", () => {
    const stack = newStack();
    new AwsProvider(stack, "aws", { region: "eu-west-1", default_tags: [{ tags: { System: "shop", userName: "x" } }] });
    const west = new AwsProvider(stack, "west", { region: "us-west-2", alias: "west" });
    new Vpc(stack, "vpc", "main", { provider: west });
    const { terraform, provider, resource } = render(stack);
    expect(terraform?.["required_providers"]?.["aws"]).toEqual({
      source: "registry.terraform.io/hashicorp/aws",
      version: ">= 5.100.0, < 7.0.0",
    });
    expect(provider?.["aws"]).toEqual([
      { region: "eu-west-1", default_tags: [{ tags: { System: "shop", userName: "x" } }] },
      { region: "us-west-2", alias: "west" },
    ]);
    expect(resource?.["aws_vpc"]?.["main"]).toEqual({ provider: "aws.west" });
  });
});
