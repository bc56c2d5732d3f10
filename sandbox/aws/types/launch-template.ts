import type { Change } from "../../change.js";
import { changedPaths } from "../../side-effects.js";
import { count, single, text, UNKNOWN, type Draft } from "../../value.js";
import { Refusal, type Behaviour } from "./resource-handler.js";
import { always, ec2Arn, named, nameOf, newId } from "./common.js";

/** A new version becomes the default one where the configuration asks for that. */
function plan(draft: Draft, { block, prior, config }: Change): [] {
  if (prior === null || config["update_default_version"] !== true) return [];
  const changed = changedPaths(block, prior, draft).map((path) => path.split(/[.[]/)[0] ?? "");
  if (changed.some((name) => !["name", "name_prefix", "description"].includes(name)))
    draft["default_version"] = UNKNOWN;
  return [];
}

const launchTemplate: Behaviour = {
  id: newId("lt"),
  plan,
  // Whether the default version moves depends on what else changes: `plan` tells.
  facts: { updates_when: { default_version: [] } },
  refs: {
    "vpc_security_group_ids[]": "securityGroup",
    "network_interfaces[].security_groups[]": "securityGroup",
    "network_interfaces[].subnet_id": "subnet",
    "iam_instance_profile[].name": "instanceProfile",
  },
  computed: {
    ...named,
    arn: ec2Arn("launch-template"),
    latest_version: ({ prior }) => (count(prior?.["latest_version"]) ?? 0) + 1,
    default_version: ({ prior, draft }) =>
      prior === null || draft["update_default_version"] === true
        ? (draft["latest_version"] ?? 1)
        : (prior["default_version"] ?? 1),
    metadata_options: always([]),
  },
  refuse: (scene) => {
    const name = nameOf(scene);
    const twin = scene.account.list("aws_launch_template").some(({ attributes }) => attributes["name"] === name);
    return twin ? "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use." : undefined;
  },
  settle: ({ account, draft }) => {
    const arn = text(single(draft["iam_instance_profile"])?.["arn"]);
    if (arn?.startsWith(account.arn("iam", "instance-profile/", { global: true })) !== true) return;
    const name = arn.split("/").at(-1) ?? "";
    if (account.find("aws_iam_instance_profile", name, true) === undefined)
      throw new Refusal(
        `InvalidIamInstanceProfile.NotFound: Invalid IAM Instance Profile ARN '${arn}'`,
        "iam_instance_profile",
      );
  },
};

export const launchTemplateTypes = { aws_launch_template: launchTemplate } satisfies Record<string, Behaviour>;
