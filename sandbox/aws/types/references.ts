import type { Account } from "../account.js";

/** Something that an argument can name: where it is looked up, and what the cloud says of it. */
interface Referent {
  readonly type: string;
  readonly global?: boolean;
  /** The error for a name that stands for nothing. */
  readonly missing: (name: string) => string;
  /** The error for a deletion while something still names it; without it, it can be deleted at any time. */
  readonly held?: (name: string) => string;
}

const inUse =
  (what: string) =>
  (name: string): string =>
    `DependencyViolation: The ${what} '${name}' has dependencies and cannot be deleted.`;

export const referents = {
  vpc: {
    type: "aws_vpc",
    missing: (id) => `InvalidVpcID.NotFound: The vpc ID '${id}' does not exist`,
    held: inUse("vpc"),
  },
  subnet: {
    type: "aws_subnet",
    missing: (id) => `InvalidSubnetID.NotFound: The subnet ID '${id}' does not exist`,
    held: inUse("subnet"),
  },
  securityGroup: {
    type: "aws_security_group",
    missing: (id) => `InvalidGroup.NotFound: The security group '${id}' does not exist`,
    held: (id) => `DependencyViolation: resource ${id} has a dependent object`,
  },
  internetGateway: {
    type: "aws_internet_gateway",
    missing: (id) => `InvalidInternetGatewayID.NotFound: The internetGateway ID '${id}' does not exist`,
  },
  natGateway: {
    type: "aws_nat_gateway",
    missing: (id) => `InvalidNatGatewayID.NotFound: The natGateway ID '${id}' does not exist`,
  },
  allocation: {
    type: "aws_eip",
    missing: (id) => `InvalidAllocationID.NotFound: The allocation ID '${id}' does not exist`,
    held: (id) => `AuthFailure: You do not have permission to access the specified resource. (${id} is associated)`,
  },
  routeTable: {
    type: "aws_route_table",
    missing: (id) => `InvalidRouteTableID.NotFound: The routeTable ID '${id}' does not exist`,
    held: (id) => `DependencyViolation: The routeTable '${id}' has dependencies and cannot be deleted.`,
  },
  launchTemplate: {
    type: "aws_launch_template",
    missing: (id) =>
      `ValidationError: You must use a valid fully-formed launch template. The specified launch template, with template ID ${id}, does not exist.`,
  },
  autoscalingGroup: {
    type: "aws_autoscaling_group",
    missing: (name) => `ValidationError: AutoScalingGroup name not found - no such group: ${name}`,
  },
  targetGroup: {
    type: "aws_lb_target_group",
    missing: (arn) => `TargetGroupNotFound: Target groups '${arn}' not found`,
    held: (arn) => `ResourceInUse: Target group '${arn}' is currently in use by a listener or a rule`,
  },
  loadBalancer: {
    type: "aws_lb",
    missing: (arn) => `LoadBalancerNotFound: Load balancer '${arn}' not found`,
  },
  listener: {
    type: "aws_lb_listener",
    missing: (arn) => `ListenerNotFound: Listener '${arn}' not found`,
  },
  role: {
    type: "aws_iam_role",
    global: true,
    missing: (name) => `NoSuchEntity: The role with name ${name} cannot be found.`,
    held: (name) => `DeleteConflict: Cannot delete entity, must remove what is attached to role ${name} first.`,
  },
  instanceProfile: {
    type: "aws_iam_instance_profile",
    global: true,
    missing: (name) => `InvalidIamInstanceProfile.NotFound: Invalid IAM Instance Profile name '${name}'`,
  },
  bucket: {
    type: "aws_s3_bucket",
    global: true,
    missing: () => "NoSuchBucket: The specified bucket does not exist",
  },
  fileSystem: {
    type: "aws_efs_file_system",
    missing: (id) => `FileSystemNotFound: File system '${id}' does not exist.`,
    held: (id) => `FileSystemInUse: You must delete all mount targets of '${id}' before you delete the file system.`,
  },
} satisfies Record<string, Referent>;

export type Kind = keyof typeof referents;

const referentOf = (kind: Kind): Referent => referents[kind];

/** The kind that a resource type's objects are named as. */
export const kindOf = (type: string): Kind | undefined => kinds.find((kind) => referentOf(kind).type === type);

const isKind = (name: string): name is Kind => name in referents;
const kinds: readonly Kind[] = Object.keys(referents).filter(isKind);

/** What the cloud says where a name stands for nothing; undefined where it stands for something. */
export function missing(account: Account, kind: Kind, name: string): string | undefined {
  const referent = referentOf(kind);
  return account.find(referent.type, name, referent.global) === undefined ? referent.missing(name) : undefined;
}

/** What the cloud says to the deletion of something that is still named; undefined where it does not mind. */
export const heldMessage = (kind: Kind, name: string): string | undefined => referentOf(kind).held?.(name);
