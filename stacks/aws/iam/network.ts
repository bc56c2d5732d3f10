import { textOf } from "../../../lib/records.js";
import { arnOf, type Program } from "./program.js";
import { grant, type Condition, type Grant } from "./statement.js";

const TAG = "lightfleet:cluster";

/** The resource carries the cluster's tag. */
export const tagged = ({ cluster }: Program): Condition => ({ StringEquals: { [`aws:ResourceTag/${TAG}`]: cluster } });

/** The request gives the cluster's tag. */
export const tagging = ({ cluster }: Program): Condition => ({ StringEquals: { [`aws:RequestTag/${TAG}`]: cluster } });

/** What EC2 makes with tags, and what makes it: an action never stands beside a kind that it only takes as a parent. */
const MADE = {
  first: {
    kinds: ["elastic-ip", "internet-gateway", "launch-template", "vpc"],
    actions: ["AllocateAddress", "CreateInternetGateway", "CreateLaunchTemplate", "CreateVpc"],
  },
  within: {
    kinds: ["route-table", "security-group", "subnet"],
    actions: ["CreateRouteTable", "CreateSecurityGroup", "CreateSubnet"],
  },
  last: {
    kinds: ["instance", "natgateway", "security-group-rule", "volume", "vpc-endpoint"],
    actions: [
      "AuthorizeSecurityGroupEgress",
      "AuthorizeSecurityGroupIngress",
      "CreateNatGateway",
      "CreateVpcEndpoint",
      "RunInstances",
    ],
  },
} as const;

/** What is done to the cluster's own, or within it. */
const OWN = [
  ...["AssociateRouteTable", "AttachInternetGateway", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress"],
  ...["CreateLaunchTemplateVersion", "CreateNatGateway", "CreateRoute", "CreateRouteTable", "CreateSecurityGroup"],
  ...["CreateSubnet", "CreateTags", "CreateVpcEndpoint", "DeleteInternetGateway", "DeleteLaunchTemplate"],
  ...["DeleteNatGateway", "DeleteRoute", "DeleteRouteTable", "DeleteSecurityGroup", "DeleteSubnet", "DeleteTags"],
  ...["DeleteVpc", "DeleteVpcEndpoints", "DetachInternetGateway", "DisassociateAddress", "DisassociateRouteTable"],
  ...["ModifyLaunchTemplate", "ModifySecurityGroupRules", "ModifyVpcAttribute", "ModifyVpcEndpoint", "ReleaseAddress"],
  ...["RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RunInstances"],
];

/** Networks, templates and the VMs that groups launch: EC2 names them itself, so that the cluster's tag tells them apart. */
export function networkGrants(program: Program): readonly Grant[] {
  const every = (kinds: readonly string[]): string[] => kinds.map((kind) => arnOf(program, "ec2", `${kind}/*`));
  const ec2 = (actions: readonly string[]): string[] => actions.map((action) => `ec2:${action}`);
  const hasVolumes = program.of("aws_efs_mount_target").length > 0;
  const made = Object.values(MADE).flatMap(({ actions }) => actions);
  return [
    ...grant("MakeNetworks", ec2(MADE.first.actions), every(MADE.first.kinds), { when: tagging(program) }),
    ...grant("MakeInNetworks", ec2(MADE.within.actions), every(MADE.within.kinds), { when: tagging(program) }),
    ...grant("MakeInSubnets", ec2(MADE.last.actions), every(MADE.last.kinds), { when: tagging(program) }),
    ...grant("TagWhatIsMade", ["ec2:CreateTags"], every(["*"]), {
      when: { StringEquals: { ...tagging(program)["StringEquals"], "ec2:CreateAction": [...made].sort() } },
    }),
    ...grant("OwnNetwork", ec2([...OWN, ...(hasVolumes ? ["CreateNetworkInterface"] : [])]), every(["*"]), {
      when: tagged(program),
    }),
    ...grant("ClaimDefaultGroup", ["ec2:CreateTags"], every(["security-group"]), {
      when: { ...tagging(program), Null: { [`aws:ResourceTag/${TAG}`]: "true" } },
      reason:
        "the default security group of a new VPC has no tags: who may tag it may tag any security group that no cluster has, and owns it then",
    }),
    ...grant("Launch", ["ec2:RunInstances"], [...images(program), ...every(["network-interface"])], {
      reason: "images and the network interface that a launch makes carry no tag of the cluster",
    }),
    ...(hasVolumes
      ? grant(
          "MountTargets",
          ec2(["CreateNetworkInterface", "DeleteNetworkInterface", "ModifyNetworkInterfaceAttribute"]),
          every(["network-interface"]),
          {
            reason:
              "EFS makes, changes and deletes the network interfaces of mount targets for its caller, without tags",
          },
        )
      : []),
  ];
}

/** The images that templates name; all where EC2 looks one up. */
function images({ partition, region, of }: Program): string[] {
  return of("aws_launch_template").map(([, block]) => {
    const id = textOf(block["image_id"]) ?? "";
    return `arn:${partition}:ec2:${region}::image/${/^ami-[0-9a-f]+$/.test(id) ? id : "*"}`;
  });
}
