/** The services that a cluster's resources and the state need, by the name that the provider has for each. */
const SERVICES: Readonly<Record<string, string>> = {
  autoscaling: "AUTO_SCALING",
  cloudwatch: "CLOUDWATCH",
  ec2: "EC2",
  ecr: "ECR",
  efs: "EFS",
  elbv2: "ELASTIC_LOAD_BALANCING_V2",
  iam: "IAM",
  kms: "KMS",
  logs: "CLOUDWATCH_LOGS",
  rds: "RDS",
  route53: "ROUTE_53",
  s3: "S3",
  secretsmanager: "SECRETS_MANAGER",
  sqs: "SQS",
  ssm: "SSM",
  sts: "STS",
};

/** Endpoints in place of AWS's own, by service in the provider's words; empty where nothing is said. */
export type Endpoints = Readonly<Record<string, string>>;

/**
 * What the standard variables say: `AWS_ENDPOINT_URL`, and `AWS_ENDPOINT_URL_<SERVICE>` (as in `AWS_ENDPOINT_URL_S3`), which
 * goes first. `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true` makes them count for nothing, as in the SDKs.
 */
export function readEndpoints(env: NodeJS.ProcessEnv): Endpoints {
  if (env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") return {};
  const all = env["AWS_ENDPOINT_URL"] ?? "";
  return Object.fromEntries(
    Object.entries(SERVICES)
      .map(([service, variable]) => [service, env[`AWS_ENDPOINT_URL_${variable}`] || all] as const)
      .filter(([, url]) => url !== ""),
  );
}

/**
 * The arguments of the AWS provider that send it to these endpoints, and keep it from asking what only AWS itself can
 * answer. Undefined where all is as AWS has it.
 */
export function providerOverride(endpoints: Endpoints): Readonly<Record<string, unknown>> | undefined {
  if (Object.keys(endpoints).length === 0) return undefined;
  return {
    endpoints: [endpoints],
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    s3_use_path_style: true,
  };
}

/** The same for the backend that keeps the state in S3. */
export function backendOverride({ s3, sts, iam, dynamodb }: Endpoints): Readonly<Record<string, unknown>> {
  const own = { s3, sts, iam, dynamodb };
  const endpoints = Object.fromEntries(Object.entries(own).filter(([, url]) => url !== undefined));
  if (Object.keys(endpoints).length === 0) return {};
  return {
    endpoints,
    use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
    skip_requesting_account_id: true,
  };
}
