import type { FleetModel, Model } from "../../model/schema.js";
import { logGroup } from "../../node/logging.js";
import { groupName, PROGRAMS_PREFIX } from "../../node/programs.js";
import { policySize, POLICY_SIZE } from "../../providers/aws/limits/policies.js";
import type { Storage } from "./context.js";
import { logStreamPrefixes } from "./log-streams.js";
import { partitionOf } from "./names.js";
import { parameterPath } from "./parameters.js";
import { ecrRegions } from "./registries.js";

/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** Lets a role be assumed by another. */
export const assumedByRole = (arn: string): string =>
  policyOf([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: arn } }]);

/**
 * What the role allows that managers assume for tokens of ECR: to pull, whatever there is. Each of their sessions is held to the
 * repositories of one fleet's services (`narrow.py`), which are known for sure once images are.
 */
export function pullPolicy(model: Model): string {
  return policyOf(pullStatements(model));
}

/** Lets EC2 give a role to VMs. */
export function assumedByEc2(region: string): string {
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: `ec2.${suffix}` } };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** What the VMs of a fleet may do: the inline policy of their role, and managed ones for what finds no room there. */
export interface FleetPolicies {
  readonly inline: string;
  /** Empty unless a cluster has hundreds of secrets or registries. */
  readonly further: readonly string[];
}

/** What the policies ask of the bucket. */
type Bucket = Pick<Storage, "bucketArn" | "releaseKey"> & {
  /** ARN of the role that managers assume for tokens of ECR, where images are pulled from there. */
  readonly pull?: string | undefined;
};

/**
 * The policies of a fleet. Inline policies have a size in all, so that long lists of resources move into managed policies where
 * they would not fit; each of those has a part of a list.
 */
export function fleetPolicies(model: Model, fleet: FleetModel, bucket: Bucket): FleetPolicies {
  const statements = fleetStatements(model, fleet, bucket);
  const whole = policyOf(statements);
  if (sizeAtMost(whole) <= POLICY_SIZE.inline) return { inline: whole, further: [] };
  const isLong = ({ Resource }: Statement): boolean => Array.isArray(Resource) && Resource.length > FEW;
  return {
    inline: policyOf(statements.filter((one) => !isLong(one))),
    further: statements.filter(isLong).flatMap(divided),
  };
}

/** Lists of up to so many resources stay where they are. */
const FEW = 8;

const policyOf = (statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** The ARN of a bucket is known after the apply alone: this is the longest that there can be. */
const sizeAtMost = (policy: string): number =>
  policySize(policy.replace(/\$\{[^}]*\}/g, `arn:aws-us-gov:s3:::${"b".repeat(63)}`));

/** Policies that together say what one statement says, each within its size. */
function divided(statement: Statement): string[] {
  const of = (resources: readonly string[]): string => policyOf([{ ...statement, Resource: resources }]);
  const parts: string[][] = [];
  for (const resource of statement.Resource) {
    const last = parts.at(-1);
    if (last !== undefined && sizeAtMost(of([...last, resource])) <= POLICY_SIZE.managed) last.push(resource);
    else parts.push([resource]);
  }
  return parts.map(of);
}

/** The least that VMs of a fleet need: workers read their settings and the worker's token, managers keep both tokens and pull releases. */
function fleetStatements(model: Model, fleet: FleetModel, storage: Bucket): Statement[] {
  const { region } = model.platform;
  const arn = (service: string, resource: string, of = region): string =>
    `arn:${partitionOf(region)}:${service}:${of}:*:${resource}`;
  const parameter = (name: string): string => arn("ssm", `parameter${parameterPath(model.cluster)}/${name}`);
  const streams = logStreamPrefixes(model, fleet).map((prefix) =>
    arn("logs", `log-group:${logGroup(model.cluster)}:log-stream:${prefix}*`),
  );
  const common: Statement[] = [
    {
      Sid: "Settings",
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: [parameter("settings"), parameter("swarm/worker"), parameter("swarm/managers")],
    },
    {
      Sid: "AnswerHooks",
      Effect: "Allow",
      Action: ["autoscaling:CompleteLifecycleAction"],
      Resource: arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${groupName(model.cluster, fleet.id)}`),
    },
    // IAM knows no streams for this action.
    statement("MakeLogStreams", "logs:CreateLogStream", [arn("logs", `log-group:${logGroup(model.cluster)}:*`)]),
    ...(streams.length > 0 ? [statement("WriteLogs", "logs:PutLogEvents", streams)] : []),
  ];
  const manager = (): Statement[] => [
    {
      Sid: "JoinTokens",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:PutParameter", "ssm:DeleteParameter"],
      Resource: parameter("swarm/*"),
    },
    { Sid: "WhoIsGone", Effect: "Allow", Action: ["autoscaling:DescribeAutoScalingInstances"], Resource: "*" },
    // EC2 has no permission for some instances alone.
    { Sid: "WhoIsWho", Effect: "Allow", Action: ["ec2:DescribeInstances"], Resource: "*" },
    ...secretStatements(model, arn),
    ...(storage.pull === undefined ? [] : [statement("PullAs", "sts:AssumeRole", [storage.pull])]),
    // For managers of a version before, which lead while they are replaced: they ask for tokens themselves.
    ...pullStatements(model),
    {
      Sid: "PullReleases",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: [`${storage.bucketArn}/${storage.releaseKey}`, `${storage.bucketArn}/${PROGRAMS_PREFIX}*`],
    },
    { Sid: "WriteStatus", Effect: "Allow", Action: ["s3:PutObject"], Resource: `${storage.bucketArn}/status.json` },
  ];
  return fleet.role === "control" ? [...common, ...manager()] : common;
}

function pullStatements(model: Model): Statement[] {
  const { region } = model.platform;
  const repositories = ecrRegions(model).map((of) => `arn:${partitionOf(region)}:ecr:${of}:*:repository/*`);
  return [
    { Sid: "PullToken", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    {
      Sid: "PullImages",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositories.length === 1 ? repositories[0]! : repositories,
    },
  ];
}

/** Managers read the secrets that services use, by name; those of Secrets Manager have six characters more in their ARN. */
function secretStatements(model: Model, arn: (service: string, resource: string) => string): Statement[] {
  const used = new Set(model.services.flatMap(({ secrets }) => Object.values(secrets)));
  const names = (from: "ssm" | "secretsmanager"): string[] =>
    model.secrets.filter((secret) => secret.from === from && used.has(secret.id)).map(({ name }) => name);
  const parameters = names("ssm").map((name) => arn("ssm", `parameter/${name.replace(/^\//, "")}`));
  const secrets = names("secretsmanager").map((name) => arn("secretsmanager", `secret:${name}-??????`));
  return [
    ...(parameters.length > 0 ? [statement("SecretParameters", "ssm:GetParameter", parameters)] : []),
    ...(secrets.length > 0 ? [statement("Secrets", "secretsmanager:GetSecretValue", secrets)] : []),
  ];
}

const statement = (Sid: string, action: string, Resource: readonly string[]): Statement => ({
  Sid,
  Effect: "Allow",
  Action: [action],
  Resource,
});
