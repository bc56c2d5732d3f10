/**
 * What AWS takes as text: names, patterns of paths and hosts, descriptions. Each entry says where it applies, what fits, what AWS
 * answers to what does not, and where that is written. The language refuses by it at the user's line, and the embedded cloud refuses
 * by it as AWS would.
 */
export interface TextLimit {
  /** Argument of Terraform that holds the text; `[]` stands for the elements of a list. */
  readonly at: string;
  /** Why the text does not fit, in AWS's own words; undefined where it does. */
  readonly refuse: (text: string) => string | undefined;
  /** Where AWS says so. */
  readonly source: string;
}

/** What a path pattern of a load balancer's rule may consist of, beside the wildcards `*` and `?`. */
export const PATH_PATTERN = {
  most: 128,
  allowed: "A-Z, a-z, 0-9 and any of _ - . $ / ~ \" ' @ : + &",
  shape: /^[A-Za-z0-9_.$/~"'@:+&*?-]*$/,
  source: "Elastic Load Balancing, API_PathPatternConditionConfig and CreateRule (Conditions)",
} as const;

/** What a host name of a load balancer's rule looks like: a period, and letters alone after the last one. */
export const HOST_HEADER = {
  most: 128,
  allowed: "a host name with a period, and letters alone after its last one",
  shape: /^[A-Za-z0-9_.*?-]*\.[A-Za-z*?]+$/,
  source: "Elastic Load Balancing, API_HostHeaderConditionConfig",
} as const;

/** How many values the conditions of one rule may have (Quotas for Application Load Balancers: cannot be raised). */
export const CONDITION_VALUES = 5;

/** The longest path of a health check (Elastic Load Balancing, API_CreateTargetGroup). */
export const HEALTH_PATH = 1024;

/** Names of load balancers and target groups (API_CreateLoadBalancer, API_CreateTargetGroup). */
export const BALANCER_NAME = 32;

const condition = (field: string, { most, shape }: typeof PATH_PATTERN | typeof HOST_HEADER, wrong: string) => {
  return (text: string): string | undefined => {
    if (text.length > most) return `ValidationError: The '${field}' value is too long; the limit is '${most}'`;
    return shape.test(text) ? undefined : `ValidationError: Condition value '${text}' ${wrong}`;
  };
};

const balancerName = (what: string, more?: (text: string) => string | undefined) => (text: string) => {
  if (text.length > BALANCER_NAME)
    return `ValidationError: ${what} name '${text}' cannot be longer than '${BALANCER_NAME}' characters`;
  if (!/^[A-Za-z0-9-]*$/.test(text))
    return `ValidationError: ${what} name '${text}' can only contain characters that are alphanumeric characters and hyphens(-)`;
  if (/^-|-$/.test(text)) return `ValidationError: ${what} name '${text}' cannot begin or end with '-'`;
  return more?.(text);
};

const shaped =
  (least: number, most: number, shape: RegExp, answer: (text: string) => string) =>
  (text: string): string | undefined =>
    text.length >= least && text.length <= most && shape.test(text) ? undefined : answer(text);

const iamName = (field: string, most: number) =>
  shaped(1, most, /^[\w+=,.@-]+$/, (text) =>
    text.length > most
      ? `ValidationError: 1 validation error detected: Value '${text}' at '${field}' failed to satisfy constraint: Member must have length less than or equal to ${most}`
      : `ValidationError: The specified value for ${field} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );

const GROUP_TEXT = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;
const groupDescription = (field: string) => (text: string) =>
  text.length <= 255 && GROUP_TEXT.test(text)
    ? undefined
    : `InvalidParameterValue: Value (${text}) for parameter ${field} is invalid. Character sets beyond ASCII are not supported, and it has 255 characters at most.`;

/** The texts that AWS limits, by resource type. */
export const TEXT_LIMITS: { readonly [type: string]: readonly TextLimit[] } = {
  aws_lb: [
    {
      at: "name",
      refuse: balancerName("The load balancer", (text) =>
        text.startsWith("internal-")
          ? `ValidationError: The load balancer name '${text}' cannot begin with 'internal-'`
          : undefined,
      ),
      source: "Elastic Load Balancing, API_CreateLoadBalancer (Name)",
    },
  ],
  aws_lb_target_group: [
    {
      at: "name",
      // Of the hyphens the API reference does not tell; its own answer does.
      refuse: balancerName("Target group", (text) =>
        text.includes("--")
          ? `ValidationError: 1 validation error detected: Value '${text}' at 'targetGroup.targetGroupArn.targetGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!.*--)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$`
          : undefined,
      ),
      source: "Elastic Load Balancing, API_CreateTargetGroup (Name)",
    },
    {
      at: "health_check[].path",
      refuse: (text) =>
        text.length > HEALTH_PATH
          ? `ValidationError: Health check path '${text}' must have a length of ${HEALTH_PATH} or less`
          : undefined,
      source: "Elastic Load Balancing, API_CreateTargetGroup (HealthCheckPath)",
    },
  ],
  aws_lb_listener_rule: [
    {
      at: "condition[].path_pattern[].values[]",
      refuse: condition("path-pattern", PATH_PATTERN, "contains a character that is not valid"),
      source: PATH_PATTERN.source,
    },
    {
      at: "condition[].host_header[].values[]",
      refuse: condition("host-header", HOST_HEADER, "is not a valid host name"),
      source: HOST_HEADER.source,
    },
  ],
  aws_launch_template: [
    {
      at: "name",
      refuse: shaped(
        3,
        128,
        /^[A-Za-z0-9().\-/_]+$/,
        (text) =>
          `InvalidLaunchTemplateName.MalformedException: The specified launch template name (${text}) is invalid. It must have 3 to 128 characters, a-z, A-Z, 0-9 and any of ().-/_`,
      ),
      source: "Amazon EC2, API_CreateLaunchTemplate (LaunchTemplateName)",
    },
  ],
  aws_autoscaling_group: [
    {
      at: "name",
      refuse: shaped(
        1,
        255,
        /^[^:\r\n]+$/,
        (text) =>
          `ValidationError: 1 validation error detected: Value '${text}' at 'autoScalingGroupName' failed to satisfy constraint: Member must have length less than or equal to 255, and no colon`,
      ),
      source: "Amazon EC2 Auto Scaling, API_CreateAutoScalingGroup (AutoScalingGroupName)",
    },
  ],
  aws_autoscaling_lifecycle_hook: [
    {
      at: "name",
      refuse: shaped(
        1,
        255,
        /^[A-Za-z0-9\-_/]+$/,
        (text) =>
          `ValidationError: 1 validation error detected: Value '${text}' at 'lifecycleHookName' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9\\-_\\/]+`,
      ),
      source: "Amazon EC2 Auto Scaling, API_PutLifecycleHook (LifecycleHookName)",
    },
  ],
  aws_security_group: [
    { at: "name", refuse: groupName, source: "Amazon EC2, API_CreateSecurityGroup (GroupName)" },
    {
      at: "description",
      refuse: groupDescription("GroupDescription"),
      source: "Amazon EC2, API_CreateSecurityGroup (GroupDescription)",
    },
  ],
  aws_vpc_security_group_ingress_rule: [
    { at: "description", refuse: groupDescription("description"), source: "Amazon EC2, API_IpRange (Description)" },
  ],
  aws_vpc_security_group_egress_rule: [
    { at: "description", refuse: groupDescription("description"), source: "Amazon EC2, API_IpRange (Description)" },
  ],
  aws_iam_role: [{ at: "name", refuse: iamName("roleName", 64), source: "AWS IAM, API_CreateRole (RoleName)" }],
  aws_iam_role_policy: [
    { at: "name", refuse: iamName("policyName", 128), source: "AWS IAM, API_PutRolePolicy (PolicyName)" },
  ],
  aws_iam_policy: [
    { at: "name", refuse: iamName("policyName", 128), source: "AWS IAM, API_CreatePolicy (PolicyName)" },
  ],
  aws_iam_instance_profile: [
    {
      at: "name",
      refuse: iamName("instanceProfileName", 128),
      source: "AWS IAM, API_CreateInstanceProfile (InstanceProfileName)",
    },
  ],
  aws_s3_bucket: [
    {
      at: "bucket",
      refuse: (text) =>
        isBucketName(text) ? undefined : `InvalidBucketName: The specified bucket is not valid. (${text})`,
      source: "Amazon S3 User Guide, General purpose bucket naming rules",
    },
  ],
  aws_s3_object: [
    {
      at: "key",
      refuse: (text) =>
        utf8(text) > 1024 ? `KeyTooLongError: Your key is too long (${utf8(text)} bytes, 1024 at most)` : undefined,
      source: "Amazon S3 User Guide, Naming Amazon S3 objects",
    },
  ],
  aws_ssm_parameter: [
    { at: "name", refuse: parameterName, source: "AWS Systems Manager, API_PutParameter (Name)" },
    {
      at: "description",
      refuse: (text) =>
        text.length > 1024
          ? "ValidationException: 1 validation error detected: Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 1024"
          : undefined,
      source: "AWS Systems Manager, API_PutParameter (Description)",
    },
  ],
  aws_cloudwatch_log_group: [
    {
      at: "name",
      refuse: (text) =>
        /^[.\-_/#A-Za-z0-9]{1,512}$/.test(text) && !text.startsWith("aws/")
          ? undefined
          : `InvalidParameterException: 1 validation error detected: Value '${text}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+, and have 512 characters at most`,
      source: "Amazon CloudWatch Logs, API_CreateLogGroup (logGroupName)",
    },
  ],
  aws_efs_file_system: [
    {
      at: "creation_token",
      refuse: (text) =>
        text.length > 64
          ? "ValidationException: 1 validation error detected: Value at 'creationToken' failed to satisfy constraint: Member must have length less than or equal to 64"
          : undefined,
      source: "Amazon EFS, API_CreateFileSystem (CreationToken)",
    },
  ],
};

const utf8 = (text: string): number => new TextEncoder().encode(text).length;

function groupName(text: string): string | undefined {
  if (text.length > 255 || !GROUP_TEXT.test(text))
    return `InvalidParameterValue: Value (${text}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported, and it has 255 characters at most.`;
  return text.startsWith("sg-")
    ? `InvalidParameterValue: Value (${text}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`
    : undefined;
}

/** Whether a text can name a bucket of S3 (User Guide, "General purpose bucket naming rules"). */
export function isBucketName(text: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) || text.includes("..") || /^\d+\.\d+\.\d+\.\d+$/.test(text))
    return false;
  return !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(text);
}

/** Levels that the name of a parameter may have. */
const PARAMETER_LEVELS = 15;
/** Characters of a parameter's whole ARN. */
const PARAMETER_NAME = 1011;

/** Why AWS takes no parameter of that name, in its own words; undefined where it does. */
export function parameterName(text: string): string | undefined {
  if (!/^[A-Za-z0-9_.\-/]+$/.test(text) || /\/\/|\/$/.test(text))
    return `ValidationException: Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_ (${text})`;
  if (/^\/?(aws|ssm)/i.test(text))
    return `ValidationException: Parameter name: can't be prefixed with "${/^\/?aws/i.test(text) ? "aws" : "ssm"}" (case-insensitive).`;
  if (!text.startsWith("/") && text.includes("/"))
    return "ValidationException: Parameter name must be a fully qualified name.";
  if (text.split("/").length - 1 > PARAMETER_LEVELS)
    return `HierarchyLevelLimitExceededException: The hierarchy has more than ${PARAMETER_LEVELS} levels`;
  return text.length > PARAMETER_NAME
    ? `ValidationException: Parameter name: must have ${PARAMETER_NAME} characters or fewer`
    : undefined;
}
