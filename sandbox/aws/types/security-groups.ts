import { text, type ObjectValue } from "../../value.js";
import type { Behaviour, Scene } from "./resource-handler.js";
import { accountId, always, ec2Arn, idOf, named, nameOf, newId } from "./common.js";

const inlineRules = {
  "ingress[].security_groups[]": "securityGroup",
  "egress[].security_groups[]": "securityGroup",
} as const;

const securityGroup: Behaviour = {
  id: newId("sg"),
  refs: { vpc_id: "vpc", ...inlineRules },
  computed: { ...named, arn: ec2Arn("security-group"), owner_id: accountId },
  refuse: (scene) => {
    const network = text(scene.draft["vpc_id"]);
    if (network === undefined) return "VPCIdNotSpecified: No default VPC for this user";
    const name = nameOf(scene);
    const twin = scene.account
      .list("aws_security_group")
      .some(({ attributes }) => attributes["vpc_id"] === network && attributes["name"] === name);
    return twin
      ? `InvalidGroup.Duplicate: The security group '${name}' already exists for VPC '${network}'`
      : undefined;
  },
};

const defaultGroupOf = ({ account, draft }: Scene): string =>
  text(account.find("aws_vpc", text(draft["vpc_id"]) ?? "")?.attributes["default_security_group_id"]) ?? "";

/** The group that the network came with: it is taken over, and never deleted. */
const defaultSecurityGroup: Behaviour = {
  collection: "aws_security_group",
  keep: true,
  id: defaultGroupOf,
  refs: { vpc_id: "vpc", ...inlineRules },
  computed: {
    arn: ec2Arn("security-group"),
    owner_id: accountId,
    name: always("default"),
    name_prefix: always(""),
    description: always("default VPC security group"),
  },
  refuse: (scene) =>
    text(scene.draft["vpc_id"]) === undefined ? "VPCIdNotSpecified: No default VPC for this user" : undefined,
};

const ruleOf = (attributes: ObjectValue): string =>
  [
    "security_group_id",
    "ip_protocol",
    "from_port",
    "to_port",
    "cidr_ipv4",
    "cidr_ipv6",
    "prefix_list_id",
    "referenced_security_group_id",
  ]
    .map((name) => JSON.stringify(attributes[name] ?? null))
    .join();

const peerOf = (attributes: ObjectValue): string =>
  ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]
    .map((name) => text(attributes[name]))
    .find(Boolean) ?? "";

const rule: Behaviour = {
  id: newId("sgr"),
  refs: { security_group_id: "securityGroup", referenced_security_group_id: "securityGroup" },
  computed: { arn: ec2Arn("security-group-rule"), security_group_rule_id: idOf },
  refuse: ({ account, type, draft }) => {
    const twin = account.list(type).some(({ attributes }) => ruleOf(attributes) === ruleOf(draft));
    if (!twin) return undefined;
    const [protocol, from, to] = ["ip_protocol", "from_port", "to_port"].map((name) => String(draft[name] ?? ""));
    return `InvalidPermission.Duplicate: the specified rule "peer: ${peerOf(draft)}, ${protocol?.toUpperCase()}, from port: ${from}, to port: ${to}, ALLOW" already exists`;
  },
};

export const securityGroupTypes = {
  aws_security_group: securityGroup,
  aws_default_security_group: defaultSecurityGroup,
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
} satisfies Record<string, Behaviour>;
