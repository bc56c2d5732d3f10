import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Fleet, Gateway } from "lightfleet";
import { resourceAt, resourcesOf, textAt } from "../../program/document.js";
import { examples } from "../../program/examples.js";
import { small } from "../../program/small.js";
import { synthesize } from "../../program/synthesize.js";

describe.each(examples)("every launch template of examples/$name", ({ run }) => {
  test("asks for IMDSv2 with one hop, an encrypted gp3 disk and no public address", async () => {
    const templates = Object.values(resourcesOf((await run()).document, "aws_launch_template"));
    expect(templates.length).toBeGreaterThan(1);
    for (const template of templates)
      expect(template).toMatchObject({
        metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
        block_device_mappings: [{ ebs: { encrypted: "true", volume_type: "gp3", delete_on_termination: "true" } }],
        network_interfaces: [{ associate_public_ip_address: "false", delete_on_termination: "true" }],
      });
  });

  test("puts VMs into the swarm's group and their fleet's", async () => {
    for (const [id, template] of Object.entries(resourcesOf((await run()).document, "aws_launch_template")))
      expect(template).toMatchObject({
        network_interfaces: [
          { security_groups: ["${aws_security_group.swarm.id}", `\${aws_security_group.${id}.id}`] },
        ],
      });
  });

  test("tags instances and volumes", async () => {
    const { document, model } = await run();
    for (const [id, template] of Object.entries(resourcesOf(document, "aws_launch_template"))) {
      const tags = {
        ...model.tags,
        Name: `${model.cluster}-${id}`,
        "lightfleet:cluster": model.cluster,
        "lightfleet:fleet": id,
      };
      expect(template["tag_specifications"]).toEqual([
        { resource_type: "instance", tags },
        { resource_type: "volume", tags },
      ]);
      const group = Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true }));
      expect(resourceAt(document, `aws_autoscaling_group.${id}`)["tag"]).toEqual(expect.arrayContaining(group));
    }
  });

  test("carries boot data that fits, and that gzip can read", async () => {
    for (const template of Object.values(resourcesOf((await run()).document, "aws_launch_template"))) {
      const bytes = Buffer.from(textAt(template, "user_data"), "base64");
      expect(bytes.length).toBeLessThan(16 * 1024);
      expect(gunzipSync(bytes).toString()).toMatch(/^#cloud-config\n/);
    }
  });
});

describe("an autoscaling group", () => {
  test("has the fleet's size, and its subnets", () => {
    const { document } = synthesize((app) => {
      small(app, { fleet: { size: { min: 2, desired: 3, max: 7 }, zones: ["c", "a"] } });
    });
    expect(resourceAt(document, "aws_autoscaling_group.core")).toMatchObject({
      name: "shop-core",
      min_size: 2,
      desired_capacity: 3,
      max_size: 7,
      vpc_zone_identifier: ["${aws_subnet.private_a.id}", "${aws_subnet.private_c.id}"],
    });
  });

  test.each([
    [1, 0],
    [3, 66],
    [5, 80],
  ] as const)("of %i managers keeps a quorum while it refreshes: %i %% stay", (size, percentage) => {
    const { document } = synthesize((app) => {
      small(app, { cluster: { control: { size } } });
    });
    expect(resourceAt(document, "aws_autoscaling_group.control")).toMatchObject({
      min_size: size,
      max_size: size,
      instance_refresh: { strategy: "Rolling", preferences: { min_healthy_percentage: percentage } },
    });
    const staying = Math.ceil((size * percentage) / 100);
    if (size > 1) expect(staying).toBeGreaterThan(size / 2);
    expect(size - staying).toBe(1);
  });

  test("of a fleet with no spot VMs names its template", () => {
    const { document } = synthesize((app) => {
      small(app);
    });
    const group = resourceAt(document, "aws_autoscaling_group.core");
    expect(group).toMatchObject({ launch_template: { id: "${aws_launch_template.core.id}" } });
    expect(group).not.toHaveProperty("mixed_instances_policy");
  });

  test.each([
    [1, 0],
    [0.3, 70],
    [0.005, 100],
  ])("of a fleet with a spot share of %d buys %i %% on demand", (spot, onDemand) => {
    const { document } = synthesize((app) => {
      small(app, { fleet: { spot } });
    });
    const group = resourceAt(document, "aws_autoscaling_group.core");
    expect(group).not.toHaveProperty("launch_template");
    expect(group).toMatchObject({
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_base_capacity: 0,
          on_demand_percentage_above_base_capacity: onDemand,
          spot_allocation_strategy: "price-capacity-optimized",
        },
      },
    });
  });

  test("is a target of the gateways that route to its services, and of no others", () => {
    const { document } = synthesize((app) => {
      const { cluster, service } = small(app);
      new Fleet(cluster, "idle", { machine: "t4g.small", size: 1 });
      new Gateway(cluster, "office", { internal: true, routes: { "/": service } });
    });
    expect(resourceAt(document, "aws_autoscaling_group.core")["target_group_arns"]).toEqual([
      "${aws_lb_target_group.office_web_80.arn}",
      "${aws_lb_target_group.public_web_80.arn}",
    ]);
    for (const id of ["idle", "control"])
      expect(resourceAt(document, `aws_autoscaling_group.${id}`)["target_group_arns"]).toEqual([]);
  });

  test("gets the image that is asked for, else one that the account knows by name", () => {
    const { document } = synthesize((app) => {
      const { cluster } = small(app);
      new Fleet(cluster, "own", { machine: "m7i.large", size: 1, os: { image: "ami-0123456789abcdef0" } });
    });
    expect(resourceAt(document, "aws_launch_template.own")["image_id"]).toBe("ami-0123456789abcdef0");
    expect(resourceAt(document, "aws_launch_template.core")["image_id"]).toBe(
      "resolve:ssm:/lightfleet/images/photon-5.0-arm64",
    );
  });
});
