import { changedNames } from "../../plan.js";
import { planInstances } from "../instances.js";
import {
  count,
  isUnknown,
  objects,
  single,
  text,
  texts,
  type Draft,
  type ObjectValue,
  type Value,
} from "../../value.js";
import type { Account } from "../account.js";
import type { Fleet } from "../fleet.js";
import { freeAddress, takenAddresses } from "../addresses.js";
import { Refusal, type Behaviour, type Scene } from "./resource-handler.js";
import { always, idOf, named, nameOf, uuid } from "./common.js";
import { refuseDisks } from "./instances.js";

const zonesOfSubnets = (account: Account, subnets: readonly string[]): string[] => [
  ...new Set(subnets.map((id) => text(account.find("aws_subnet", id)?.attributes["availability_zone"]) ?? "")),
];

/** A reference to a launch template, made complete: AWS answers with both name and id. */
function complete(account: Account, reference: ObjectValue, idKey: string, nameKey: string): ObjectValue {
  const id = text(reference[idKey]);
  const name = text(reference[nameKey]);
  const found = account
    .list("aws_launch_template")
    .find(({ key, attributes }) => (id ? key === id : attributes["name"] === name));
  if (found === undefined && !id)
    throw new Refusal(
      `ValidationError: The specified launch template, with template name ${name ?? ""}, does not exist.`,
    );
  return {
    ...reference,
    [idKey]: found?.key ?? id ?? "",
    [nameKey]: found?.attributes["name"] ?? "",
    version: isUnknown(reference["version"]) || !reference["version"] ? "$Default" : reference["version"],
  };
}

/** Fills in what AWS adds to the nested references. */
function settle({ account, draft }: Scene): void {
  const direct = single(draft["launch_template"]);
  if (direct !== undefined) draft["launch_template"] = [complete(account, direct, "id", "name")];
  const mixed = single(draft["mixed_instances_policy"]);
  const outer = single(mixed?.["launch_template"]);
  const specification = single(outer?.["launch_template_specification"]);
  if (mixed === undefined || outer === undefined || specification === undefined) return;
  const whole = complete(account, specification, "launch_template_id", "launch_template_name");
  const distribution = single(mixed["instances_distribution"]) ?? {};
  draft["mixed_instances_policy"] = [
    {
      ...mixed,
      instances_distribution: [
        {
          ...distribution,
          ...preset(distribution, "on_demand_allocation_strategy", "prioritized"),
          ...preset(distribution, "on_demand_base_capacity", 0),
          ...preset(distribution, "on_demand_percentage_above_base_capacity", 100),
          ...preset(distribution, "spot_allocation_strategy", "lowest-price"),
          ...preset(distribution, "spot_instance_pools", 2),
        },
      ],
      launch_template: [{ ...outer, launch_template_specification: [whole] }],
    },
  ];
}

function preset(values: ObjectValue, name: string, value: Value): ObjectValue {
  const current = values[name] ?? null;
  return current === null || isUnknown(current) ? { [name]: value } : {};
}

function refuse({ account, draft }: Scene): string | undefined {
  const [least, most, desired] = ["min_size", "max_size", "desired_capacity"].map((name) => count(draft[name]));
  if (least !== undefined && most !== undefined && least > most)
    return "ValidationError: Max bound, " + `${most}, must be greater than or equal to min bound, ${least}`;
  if (desired !== undefined && desired > (most ?? desired))
    return `ValidationError: Desired capacity:${desired} must be between the specified min size:${least} and max size:${most}`;
  if (desired !== undefined && desired < (least ?? desired))
    return `ValidationError: Desired capacity:${desired} must be between the specified min size:${least} and max size:${most}`;
  if (texts(draft["vpc_zone_identifier"]).length === 0 && texts(draft["availability_zones"]).length === 0)
    return "ValidationError: At least one Availability Zone or VPC Subnet is required.";
  const networks = new Set(
    texts(draft["vpc_zone_identifier"]).map((id) => text(account.find("aws_subnet", id)?.attributes["vpc_id"])),
  );
  return networks.size > 1 ? "ValidationError: The subnet IDs must be in the same VPC" : undefined;
}

/** A group asks EC2 whether its template makes an instance; a template alone is taken as it is. */
function refuseTemplate({ account, draft }: Scene): void {
  const { id } = launchOf(account, draft).template;
  const mappings = objects(account.find("aws_launch_template", id)?.attributes["block_device_mappings"]);
  const message = refuseDisks(mappings.flatMap(({ ebs = null }) => objects(ebs)));
  if (message !== undefined)
    throw new Refusal(`ValidationError: You must use a valid fully-formed launch template. ${message}`);
}

/** Bounds that move past the number of instances take it along, where no other number is asked for (API_UpdateAutoScalingGroup). */
function followBounds({ draft, prior }: Scene): void {
  const [least, most, desired] = ["min_size", "max_size", "desired_capacity"].map((name) => count(draft[name]));
  if (desired === undefined || desired !== prior?.["desired_capacity"]) return;
  draft["desired_capacity"] = Math.min(Math.max(desired, least ?? desired), most ?? desired);
}

/** What makes AWS renew the instances of a group that asks for that: other ways to launch one, and what the user names. */
function refreshReasons(scene: Scene): string[] {
  const { account, prior, draft } = scene;
  const preferences = single(draft["instance_refresh"]);
  if (prior === null || preferences === undefined) return [];
  const triggers = [
    "launch_configuration",
    "launch_template",
    "mixed_instances_policy",
    ...texts(preferences["triggers"]),
  ];
  return changedNames(account.blockOf(scene.type), prior, { ...prior, ...draft }).filter((name) =>
    triggers.includes(name),
  );
}

function makeFleet(scene: Scene, previous: Fleet | undefined): Fleet {
  const { account, draft } = scene;
  const taken = takenAddresses(account);
  for (const { privateAddress } of previous?.instances ?? []) taken.delete(privateAddress);
  return planInstances({
    group: idOf(scene),
    seed: [account.owner, account.id, account.region, idOf(scene)],
    desired: count(draft["desired_capacity"]) ?? 0,
    subnets: texts(draft["vpc_zone_identifier"]).map((id) => ({
      id,
      zone: text(account.find("aws_subnet", id)?.attributes["availability_zone"]) ?? "",
    })),
    ...launchOf(account, draft),
    previous,
    refresh: refreshReasons(scene),
    address: (subnet, seed, used) => freeAddress(account, subnet, seed, new Set([...taken, ...used])) ?? "",
  });
}

/** What a new instance of the group is like. */
function launchOf(
  account: Account,
  draft: Draft,
): Pick<Parameters<typeof planInstances>[0], "machines" | "template" | "onDemand"> {
  const mixed = single(draft["mixed_instances_policy"]);
  const inner = single(mixed?.["launch_template"]);
  const specification = single(inner?.["launch_template_specification"]);
  const direct = single(draft["launch_template"]);
  const id = text(specification?.["launch_template_id"]) ?? text(direct?.["id"]) ?? "";
  const wanted = text(specification?.["version"]) ?? text(direct?.["version"]) ?? "$Default";
  const attributes = account.find("aws_launch_template", id)?.attributes ?? {};
  const named: Record<string, Value | undefined> = {
    $Latest: attributes["latest_version"],
    $Default: attributes["default_version"],
  };
  const overrides = objects(inner?.["override"]).map((override) => text(override["instance_type"]) ?? "");
  const distribution = single(mixed?.["instances_distribution"]);
  return {
    template: { id, version: count(named[wanted]) ?? (Number(wanted) || 1) },
    machines:
      overrides.filter(Boolean).length > 0 ? overrides.filter(Boolean) : [text(attributes["instance_type"]) ?? ""],
    onDemand: {
      base: count(distribution?.["on_demand_base_capacity"]) ?? 0,
      percentAbove:
        mixed === undefined ? 100 : (count(distribution?.["on_demand_percentage_above_base_capacity"]) ?? 100),
    },
  };
}

const autoscalingGroup: Behaviour = {
  id: (scene) => nameOf(scene),
  duplicate: (draft) =>
    `AlreadyExists: AutoScalingGroup by this name already exists - A group with the name ${text(draft["name"]) ?? ""} already exists`,
  facts: { computed_blocks: ["launch_template", "mixed_instances_policy[].launch_template[].override"] },
  refs: {
    "vpc_zone_identifier[]": "subnet",
    "target_group_arns[]": "targetGroup",
    "launch_template[].id": "launchTemplate",
    "mixed_instances_policy[].launch_template[].launch_template_specification[].launch_template_id": "launchTemplate",
  },
  computed: {
    ...named,
    arn: (scene) =>
      scene.account.arn("autoscaling", `autoScalingGroup:${uuid(scene)}:autoScalingGroupName/${idOf(scene)}`),
    availability_zones: ({ account, draft }) => zonesOfSubnets(account, texts(draft["vpc_zone_identifier"])),
    availability_zone_distribution: always([{ capacity_distribution_strategy: "balanced-best-effort" }]),
    capacity_reservation_specification: always([
      { capacity_reservation_preference: "default", capacity_reservation_target: [] },
    ]),
    default_cooldown: always(300),
    desired_capacity: ({ draft }) => draft["min_size"] ?? 0,
    health_check_type: always("EC2"),
    service_linked_role_arn: ({ account }) =>
      account.arn("iam", "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling", {
        global: true,
      }),
  },
  refuse,
  settle: (scene) => {
    if (scene.prior !== null) {
      followBounds(scene);
      const refusal = refuse(scene);
      if (refusal !== undefined) throw new Refusal(refusal);
    }
    settle(scene);
    refuseTemplate(scene);
  },
  fleet: makeFleet,
};

const lifecycleHook: Behaviour = {
  id: ({ draft }) => text(draft["name"]) ?? "",
  key: (attributes) => `${text(attributes["autoscaling_group_name"]) ?? ""}/${text(attributes["name"]) ?? ""}`,
  duplicate: (draft) => `AlreadyExists: Lifecycle hook ${text(draft["name"]) ?? ""} already exists`,
  refs: { autoscaling_group_name: "autoscalingGroup" },
  computed: { default_result: always("ABANDON") },
  import: (id) => {
    const [group = "", name] = id.split("/");
    if (name === undefined) throw new Refusal(`unexpected format (${id}), expected <asg-name>/<lifecycle-hook-name>`);
    return { autoscaling_group_name: group, name };
  },
};

export const autoscalingTypes = {
  aws_autoscaling_group: autoscalingGroup,
  aws_autoscaling_lifecycle_hook: lifecycleHook,
} satisfies Record<string, Behaviour>;
