import { iamArn, namePattern, pathOf, type Program } from "./program.js";
import { grant, type Condition, type Grant } from "./statement.js";

/** What IAM holds to the boundary of the role that it is done to. */
const BOUNDED = ["CreateRole", "DeleteRolePolicy", "PutRolePolicy"];
const ROLES = [
  ...["DeleteRole", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"],
  ...["ListRolePolicies", "TagRole", "UntagRole"],
];
const PROFILES = [
  ...["AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "GetInstanceProfile"],
  ...["RemoveRoleFromInstanceProfile", "TagInstanceProfile", "UntagInstanceProfile"],
];
const POLICIES = [
  ...["CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "GetPolicy", "GetPolicyVersion"],
  ...["ListPolicyVersions", "TagPolicy", "UntagPolicy"],
];

/** Services whose first use in an account makes a role of their own, and the resources that use them. */
const FIRST_USES = [
  { service: "autoscaling", types: ["aws_autoscaling_group"] },
  { service: "elasticloadbalancing", types: ["aws_lb"] },
  { service: "elasticfilesystem", types: ["aws_efs_file_system"] },
] as const;

const iam = (actions: readonly string[]): string[] => actions.map((action) => `iam:${action}`);

/** The roles that VMs have and that managers assume, by their names. */
export function roleGrants(program: Program): readonly Grant[] {
  const { boundary } = program;
  const named = (type: string, kind: string): string[] =>
    program.of(type).flatMap(([, block]) => {
      const name = namePattern(block);
      return name === undefined ? [] : [iamArn(program, `${kind}${pathOf(block)}${name}`)];
    });
  const roles = named("aws_iam_role", "role");
  const policies = named("aws_iam_policy", "policy");
  const bounded: Condition = boundary === undefined ? {} : { StringEquals: { "iam:PermissionsBoundary": boundary } };
  const unbounded = boundary === undefined && {
    reason:
      "the program sets no permissions boundary: who may make these roles and give them to VMs can give them any right (aws({ permissionsBoundary }))",
  };
  return [
    ...grant("MakeRoles", iam([...BOUNDED, ...(boundary === undefined ? [] : ["PutRolePermissionsBoundary"])]), roles, {
      ...(boundary !== undefined && { when: bounded }),
      ...unbounded,
    }),
    ...grant("Roles", iam(ROLES), roles),
    ...grant("GiveRolesToVms", ["iam:PassRole"], passedToVms(program), {
      when: { StringEquals: { "iam:PassedToService": ec2Services(program) } },
    }),
    ...grant("Profiles", iam(PROFILES), named("aws_iam_instance_profile", "instance-profile")),
    ...grant("Policies", iam(POLICIES), policies),
    ...(policies.length > 0
      ? grant("AttachPolicies", iam(["AttachRolePolicy", "DetachRolePolicy"]), roles, {
          when: { ...bounded, ArnLike: { "iam:PolicyARN": policies } },
        })
      : []),
    ...firstUses(program),
  ];
}

/** Roles of instance profiles: the one that managers assume is never a VM's. */
function passedToVms(program: Program): string[] {
  const roles = new Map(program.of("aws_iam_role"));
  return program.of("aws_iam_instance_profile").flatMap(([, { role }]) => {
    const name = typeof role === "string" ? /^\$\{aws_iam_role\.([\w-]+)\.(?:name|id)\}$/.exec(role)?.[1] : undefined;
    const block = name === undefined ? undefined : roles.get(name);
    const pattern = block === undefined ? undefined : namePattern(block);
    return block === undefined || pattern === undefined ? [] : [iamArn(program, `role${pathOf(block)}${pattern}`)];
  });
}

const ec2Services = ({ partition }: Program): string[] => [
  "ec2.amazonaws.com",
  ...(partition === "aws-cn" ? ["ec2.amazonaws.com.cn"] : []),
];

function firstUses(program: Program): readonly Grant[] {
  const has = (type: string): boolean => program.of(type).length > 0;
  const isSpot = program.of("aws_autoscaling_group").some(([, block]) => "mixed_instances_policy" in block);
  const services = [
    ...FIRST_USES.filter(({ types }) => types.some(has)).map(({ service }) => service),
    ...(isSpot ? ["spot"] : []),
  ].map((service) => `${service}.amazonaws.com`);
  return grant(
    "FirstUse",
    ["iam:CreateServiceLinkedRole"],
    services.map((service) => iamArn(program, `role/aws-service-role/${service}/*`)),
    { when: { StringEquals: { "iam:AWSServiceName": services } } },
  );
}
