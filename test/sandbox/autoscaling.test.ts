import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fleet } from "../../sandbox/aws/fleet.js";
import { planInstances, type Wanted } from "../../sandbox/aws/instances.js";
import { openInventory } from "./inventory.js";
import type { ObjectValue } from "../../sandbox/value.js";
import { id, Local, network } from "./local.js";

const subnets = ["a", "b", "c"].map((zone) => ({ id: `subnet-${zone}`, zone }));

const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  group: "core",
  seed: ["core"],
  desired: 3,
  subnets,
  template: { id: "lt-1", version: 1 },
  machines: ["m7g.large"],
  onDemand: { base: 0, percentAbove: 100 },
  previous: undefined,
  refresh: [],
  address: (subnet, seed) => `${subnet}/${JSON.stringify(seed)}`,
  ...more,
});

const perZone = ({ instances }: Fleet): number[] =>
  ["a", "b", "c"].map((zone) => instances.filter((instance) => instance.zone === zone).length);

test("any number of instances is spread evenly, each with an id and an address of its own", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (first, second) => {
      const before = planInstances(wanted({ desired: first }));
      const after = planInstances(wanted({ desired: second, previous: before }));
      for (const fleet of [before, after]) {
        const zones = perZone(fleet);
        expect(Math.max(...zones) - Math.min(...zones)).toBeLessThanOrEqual(1);
        expect(new Set(fleet.instances.map((instance) => instance.id)).size).toBe(fleet.instances.length);
      }
      expect(after.instances).toHaveLength(second);
      // Scaling touches no more instances than it has to.
      const kept = after.instances.filter((instance) => before.instances.some((old) => old.id === instance.id));
      expect(kept).toHaveLength(Math.min(first, second));
    }),
  );
});

test("an instance that is gone never gives its id to another one", () => {
  const three = planInstances(wanted());
  const one = planInstances(wanted({ desired: 1, previous: three }));
  const again = planInstances(wanted({ desired: 3, previous: one }));
  const gone = three.instances.filter((instance) => !one.instances.includes(instance)).map((instance) => instance.id);
  expect(again.instances.map((instance) => instance.id)).not.toEqual(expect.arrayContaining(gone));
});

test("a share of the instances is bought on the spot market", () => {
  const { instances } = planInstances(wanted({ desired: 10, onDemand: { base: 2, percentAbove: 25 } }));
  expect(instances.filter(({ lifecycle }) => lifecycle === "on-demand")).toHaveLength(4);
});

test("a refresh renews every instance and is written down, a first launch is none", () => {
  const before = planInstances(wanted({ refresh: ["launch_template"] }));
  expect(before.refreshes).toEqual([]);
  const after = planInstances(
    wanted({ previous: before, template: { id: "lt-1", version: 2 }, refresh: ["launch_template"] }),
  );
  expect(after.instances.some((instance) => before.instances.some((old) => old.id === instance.id))).toBe(false);
  expect(after.instances.every(({ launchTemplate }) => launchTemplate.version === 2)).toBe(true);
  expect(after.refreshes).toMatchObject([{ reason: "launch_template", replaced: 3 }]);
});

test("instances leave a subnet that the group leaves", () => {
  const before = planInstances(wanted());
  const after = planInstances(wanted({ previous: before, subnets: subnets.slice(0, 2) }));
  expect(perZone(after).slice(2)).toEqual([0]);
  expect(after.instances).toHaveLength(3);
});

test("a group launches into its subnets, registers with its target groups, and is renewed by a new template", () => {
  const cloud = new Local();
  const { vpc, subnets: made } = network(cloud);
  const targets = cloud.apply("aws_lb_target_group", { name: "web", port: 80, protocol: "HTTP", vpc_id: id(vpc) });
  const template = cloud.apply("aws_launch_template", { name: "core", instance_type: "m7g.large" });
  const group = (version: number, more: ObjectValue = {}): ObjectValue => ({
    name: "core",
    min_size: 3,
    max_size: 6,
    vpc_zone_identifier: made.map(id),
    target_group_arns: [id(targets)],
    launch_template: [{ id: id(template), version: String(version) }],
    instance_refresh: [{ strategy: "Rolling" }],
    tag: [{ key: "role", value: "worker", propagate_at_launch: true }],
    ...more,
  });
  const first = cloud.apply("aws_autoscaling_group", group(1));
  const before = openInventory(cloud);
  expect(before.fleets).toMatchObject([
    { name: "core", min: 3, max: 6, desired: 3, tags: { role: "worker" }, refreshes: [] },
  ]);
  expect(before.fleets[0]?.instances.map(({ privateAddress }) => privateAddress.replace(/\.\d+$/, "")).sort()).toEqual([
    "10.0.0",
    "10.0.1",
    "10.0.2",
  ]);
  expect(before.targetGroups[0]?.targets).toEqual(before.fleets[0]?.instances.map((instance) => instance.id));

  cloud.apply("aws_launch_template", { name: "core", instance_type: "m7g.xlarge" }, template);
  const second = cloud.apply("aws_autoscaling_group", group(2), first);
  const [renewed] = openInventory(cloud).fleets;
  expect(renewed?.refreshes).toMatchObject([{ reason: "launch_template", replaced: 3 }]);
  expect(
    renewed?.instances.every(({ machine, launchTemplate }) => machine === "m7g.xlarge" && launchTemplate.version === 2),
  ).toBe(true);

  const third = cloud.apply("aws_autoscaling_group", group(2, { desired_capacity: 5 }), second);
  expect(openInventory(cloud).fleets[0]?.instances).toHaveLength(5);
  expect(openInventory(cloud).fleets[0]?.refreshes).toHaveLength(1);
  expect(() => cloud.apply("aws_autoscaling_group", group(2, { desired_capacity: 9 }), third)).toThrow(
    "Desired capacity:9",
  );
});

test("a mixed policy chooses machines and shares, and names its template in full", () => {
  const cloud = new Local();
  const { subnets: made } = network(cloud);
  const template = cloud.apply("aws_launch_template", { name: "load", instance_type: "m7g.large" });
  const state = cloud.apply("aws_autoscaling_group", {
    name: "load",
    min_size: 4,
    max_size: 4,
    vpc_zone_identifier: made.map(id),
    mixed_instances_policy: [
      {
        instances_distribution: [{ on_demand_percentage_above_base_capacity: 50 }],
        launch_template: [
          {
            launch_template_specification: [{ launch_template_name: "load", version: "$Latest" }],
            override: [{ instance_type: "c7g.large" }, { instance_type: "c6g.large" }],
          },
        ],
      },
    ],
  });
  expect(state["mixed_instances_policy"]).toMatchObject([
    {
      instances_distribution: [
        { on_demand_allocation_strategy: "prioritized", spot_allocation_strategy: "lowest-price" },
      ],
      launch_template: [{ launch_template_specification: [{ launch_template_id: id(template), version: "$Latest" }] }],
    },
  ]);
  const [fleet] = openInventory(cloud).fleets;
  expect(fleet?.instances.map(({ lifecycle }) => lifecycle).sort()).toEqual(["on-demand", "on-demand", "spot", "spot"]);
  expect(new Set(fleet?.instances.map(({ machine }) => machine))).toEqual(new Set(["c7g.large"]));
});
