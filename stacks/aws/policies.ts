import type { FleetModel, Model } from "../../model/schema.js";
import { logGroup } from "../../node/logging.js";
import { groupName, PROGRAMS_PREFIX } from "../../node/programs.js";
import type { Storage } from "./site.js";
import { partitionOf } from "./names.js";
import { parameterPath } from "./parameters.js";

/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** Lets EC2 give a role to VMs. */
export function assumedByEc2(region: string): string {
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: `ec2.${suffix}` } };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** The least that VMs of a fleet need: workers read their settings and the worker's token, managers keep both tokens and pull releases. */
export function fleetPolicy(model: Model, fleet: FleetModel, storage: Storage): string {
  const { region } = model.platform;
  const arn = (service: string, resource: string): string =>
    `arn:${partitionOf(region)}:${service}:${region}:*:${resource}`;
  const parameter = (name: string): string => arn("ssm", `parameter${parameterPath(model.cluster)}/${name}`);
  const common: Statement[] = [
    {
      Sid: "Settings",
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: [parameter("settings"), parameter("swarm/worker"), parameter("swarm/managers")],
    },
    { Sid: "PullToken", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    {
      Sid: "PullImages",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: arn("ecr", "repository/*"),
    },
    {
      Sid: "AnswerHooks",
      Effect: "Allow",
      Action: ["autoscaling:CompleteLifecycleAction"],
      Resource: arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${groupName(model.cluster, fleet.id)}`),
    },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: arn("logs", `log-group:${logGroup(model.cluster)}:*`),
    },
  ];
  const manager = (): Statement[] => [
    {
      Sid: "JoinTokens",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:PutParameter", "ssm:DeleteParameter"],
      Resource: parameter("swarm/*"),
    },
    { Sid: "WhoIsGone", Effect: "Allow", Action: ["autoscaling:DescribeAutoScalingInstances"], Resource: "*" },
    ...secretStatements(model, arn),
    {
      Sid: "PullReleases",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: [`${storage.bucketArn}/${storage.releaseKey}`, `${storage.bucketArn}/${PROGRAMS_PREFIX}*`],
    },
    { Sid: "WriteStatus", Effect: "Allow", Action: ["s3:PutObject"], Resource: `${storage.bucketArn}/status.json` },
  ];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: fleet.role === "control" ? [...common, ...manager()] : common,
  });
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
