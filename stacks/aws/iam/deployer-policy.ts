import { lookGrants } from "./look.js";
import { machineGrants } from "./machines.js";
import { networkGrants } from "./network.js";
import { namePattern, type Program } from "./program.js";
import { roleGrants } from "./roles.js";
import { stateGrants, type StatePlace } from "./state.js";
import { intoPolicies, type Grant, type PolicyDocument } from "./statement.js";
import { storageGrants } from "./storage.js";

/** Why a statement is no narrower. */
export interface Note {
  readonly sid: string;
  readonly reason: string;
}

/** The least policy for deploying, changing, watching and destroying one cluster. */
export interface DeployerPolicy {
  /** As few as the size of managed policies allows; all of them together are the policy. */
  readonly policies: readonly PolicyDocument[];
  readonly notes: readonly Note[];
  /** What of the program needs rights that are not in there: types of resources and data sources, or addresses. */
  readonly uncovered: readonly string[];
}

/** @param state undefined where the state is not kept in S3 */
export function deployerPolicy(program: Program, state: StatePlace | undefined): DeployerPolicy {
  const grants: readonly Grant[] = [
    ...lookGrants(program),
    ...networkGrants(program),
    ...machineGrants(program),
    ...roleGrants(program),
    ...storageGrants(program),
    ...(state === undefined ? [] : stateGrants(state)),
  ];
  return {
    policies: intoPolicies(grants.map(({ statement }) => statement)),
    notes: grants.flatMap(({ statement: { Sid: sid }, reason }) => (reason === undefined ? [] : [{ sid, reason }])),
    uncovered: uncovered(program),
  };
}

/** Types that are told apart by the cluster's tag, or are parts of others. */
const BY_TAG: readonly string[] = [
  ...["aws_default_security_group", "aws_efs_file_system", "aws_efs_file_system_policy", "aws_efs_mount_target"],
  ...["aws_eip", "aws_internet_gateway", "aws_launch_template", "aws_nat_gateway", "aws_route", "aws_route_table"],
  ...["aws_route_table_association", "aws_security_group", "aws_subnet", "aws_vpc", "aws_vpc_endpoint"],
  ...["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"],
];
const PARTS: readonly string[] = [
  ...["aws_autoscaling_lifecycle_hook", "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_lb_listener"],
  ...["aws_lb_listener_rule", "aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_ownership_controls"],
  ...["aws_s3_bucket_policy", "aws_s3_bucket_public_access_block", "aws_s3_bucket_versioning", "aws_s3_object"],
  "aws_s3_bucket_server_side_encryption_configuration",
];
/** Types whose resources are told apart by a name that the program gives. */
const BY_NAME: readonly string[] = [
  ...["aws_autoscaling_group", "aws_cloudwatch_log_group", "aws_iam_instance_profile", "aws_iam_policy"],
  ...["aws_iam_role", "aws_lb", "aws_lb_target_group", "aws_ssm_parameter"],
];
/** What needs no rights, or those that everybody has. */
const FREE: readonly string[] = ["data.aws_caller_identity", "data.aws_iam_policy_document", "data.aws_region"];

/** A policy of the program's own, as an attachment refers to it. */
const OWN_POLICY = /^\$\{aws_iam_policy\.[\w-]+\.(arn|id)\}$/;

function uncovered(program: Program): string[] {
  const unnamed = (type: string, exact?: string, prefix?: string): string[] =>
    program
      .of(type)
      .flatMap(([name, block]) => (namePattern(block, exact, prefix) === undefined ? [`${type}.${name}`] : []));
  const foreign = [
    ...program.of("aws_iam_role_policy_attachment").filter(([, { policy_arn: arn }]) => !OWN_POLICY.test(String(arn))),
  ].map(([name]) => `aws_iam_role_policy_attachment.${name}`);
  const named = program.types
    .filter((type) => type.replace("data.", "").startsWith("aws_"))
    .flatMap((type) => {
      if ([...BY_TAG, ...PARTS, ...FREE].includes(type)) return [];
      if (type === "aws_s3_bucket") return unnamed(type, "bucket", "bucket_prefix");
      return BY_NAME.includes(type) ? unnamed(type) : [type];
    });
  return [...named, ...foreign];
}
