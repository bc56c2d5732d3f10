import { refuse, unauthorized } from "./aws-errors.js";
import type { Answer, Call } from "./wire.js";

/** A resource that AWS does not make. */
export interface FailingCall {
  readonly type: string;
  readonly name: string;
  readonly block: object;
  /** The call that is answered with the error; more of it where one call makes several things. */
  readonly call: string;
  readonly about?: string;
  readonly answer: Answer;
  /** What Lightfleet makes of it. */
  readonly code: string;
  /** The action in the words of policies, where it is one that is not allowed. */
  readonly action?: string;
}

const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;
const ENCODED = "Encoded authorization failure message: mpNZ3yDvqXqPzhoGPZCrlCsqFsF0lk7ZZwZW9mcGcKx";
const EXPIRED = "The security token included in the request is expired";
const parameter = { type: "String", value: "1" };
const instance = { ami: "ami-0123456789abcdef0", subnet_id: "subnet-0123456789abcdef0" };
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** One for each service that a cluster is made of, in that service's form, and one for each kind of failure. */
export const FAILING: readonly FailingCall[] = [
  {
    ...{ type: "aws_ssm_parameter", name: "expired", block: { ...parameter, name: "/expired" }, code: "LF626" },
    ...{ call: "PutParameter", about: "/expired" },
    answer: refuse("json", 400, "ExpiredTokenException", EXPIRED),
  },
  {
    ...{ type: "aws_s3_bucket", name: "expired", block: { bucket: "expired-bucket" }, code: "LF626" },
    call: "PUT /expired-bucket",
    answer: refuse("s3", 400, "ExpiredToken", "The provided token has expired."),
  },
  {
    ...{ type: "aws_vpc", name: "expired", block: { cidr_block: "10.9.0.0/16" }, code: "LF626" },
    ...{ call: "CreateVpc", about: "10.9.0.0/16" },
    answer: refuse("ec2", 400, "RequestExpired", "Request has expired."),
  },
  {
    ...{ type: "aws_launch_template", name: "denied", block: { name: "denied" }, code: "LF627" },
    ...{ call: "CreateLaunchTemplate", action: "ec2:CreateLaunchTemplate" },
    answer: refuse(
      ...(["ec2", 403, "UnauthorizedOperation"] as const),
      `You are not authorized to perform this operation. ${unauthorized("ec2:CreateLaunchTemplate", arn("ec2", "launch-template/*"))}. ${ENCODED}`,
    ),
  },
  {
    ...{ type: "aws_eip", name: "denied", block: { domain: "vpc", tags: { Name: "denied" } }, code: "LF627" },
    ...{ call: "AllocateAddress", about: "denied", action: "ec2:AllocateAddress" },
    // As EC2 says it to accounts of old.
    answer: refuse("ec2", 403, "UnauthorizedOperation", `You are not authorized to perform this operation. ${ENCODED}`),
  },
  {
    ...{ type: "aws_iam_role", name: "denied", block: { name: "denied", assume_role_policy: trust }, code: "LF627" },
    ...{ call: "CreateRole", about: "denied", action: "iam:CreateRole" },
    answer: refuse(
      "query",
      403,
      "AccessDenied",
      unauthorized("iam:CreateRole", "arn:aws:iam::123456789012:role/denied"),
    ),
  },
  {
    ...{ type: "aws_s3_bucket", name: "denied", block: { bucket: "denied-bucket" }, code: "LF627" },
    ...{ call: "PUT /denied-bucket", action: "s3:CreateBucket" },
    answer: refuse("s3", 403, "AccessDenied", "Access Denied"),
  },
  {
    ...{ type: "aws_autoscaling_group", name: "denied", code: "LF627" },
    block: {
      ...{ name: "denied", min_size: 0, max_size: 0, availability_zones: ["eu-west-1a"] },
      launch_template: { id: "lt-0123456789abcdef0", version: "1" },
    },
    ...{ call: "CreateAutoScalingGroup", action: "autoscaling:CreateAutoScalingGroup" },
    answer: refuse(
      ...(["query", 403, "AccessDenied"] as const),
      unauthorized(
        "autoscaling:CreateAutoScalingGroup",
        arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/denied"),
      ),
    ),
  },
  {
    ...{ type: "aws_lb_target_group", name: "denied", code: "LF627" },
    block: { name: "denied", port: 80, protocol: "HTTP", vpc_id: "vpc-0123456789abcdef0" },
    ...{ call: "CreateTargetGroup", action: "elasticloadbalancing:CreateTargetGroup" },
    answer: refuse(
      ...(["query", 403, "AccessDenied"] as const),
      unauthorized("elasticloadbalancing:CreateTargetGroup", arn("elasticloadbalancing", "targetgroup/denied/*")),
    ),
  },
  {
    ...{ type: "aws_ssm_parameter", name: "denied", block: { ...parameter, name: "/denied" }, code: "LF627" },
    ...{ call: "PutParameter", about: "/denied", action: "ssm:PutParameter" },
    answer: refuse(
      "json",
      400,
      "AccessDeniedException",
      unauthorized("ssm:PutParameter", arn("ssm", "parameter/denied")),
    ),
  },
  {
    ...{ type: "aws_cloudwatch_log_group", name: "throttled", block: { name: "throttled" }, code: "LF628" },
    call: "CreateLogGroup",
    answer: refuse("json", 400, "ThrottlingException", "Rate exceeded"),
  },
  {
    ...{ type: "aws_vpc", name: "throttled", block: { cidr_block: "10.8.0.0/16" }, code: "LF628" },
    ...{ call: "CreateVpc", about: "10.8.0.0/16" },
    answer: refuse("ec2", 503, "RequestLimitExceeded", "Request limit exceeded."),
  },
  {
    ...{ type: "aws_vpc", name: "quota", block: { cidr_block: "10.7.0.0/16" }, code: "LF610" },
    ...{ call: "CreateVpc", about: "10.7.0.0/16" },
    answer: refuse("ec2", 400, "VpcLimitExceeded", "The maximum number of VPCs has been reached."),
  },
  {
    ...{ type: "aws_instance", name: "quota", block: { ...instance, instance_type: "m7i.large" }, code: "LF610" },
    ...{ call: "RunInstances", about: "m7i.large" },
    answer: refuse(
      ...(["ec2", 400, "VcpuLimitExceeded"] as const),
      "You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.",
    ),
  },
  {
    ...{ type: "aws_iam_instance_profile", name: "quota", block: { name: "quota" }, code: "LF610" },
    call: "CreateInstanceProfile",
    answer: refuse("query", 409, "LimitExceeded", "Cannot exceed quota for InstanceProfilesPerAccount: 1000"),
  },
  {
    ...{ type: "aws_lb", name: "quota", block: { name: "quota", subnets: ["subnet-1", "subnet-2"] }, code: "LF610" },
    call: "CreateLoadBalancer",
    answer: refuse("query", 400, "TooManyLoadBalancers", "The maximum number of load balancers has been reached"),
  },
  {
    ...{ type: "aws_instance", name: "capacity", block: { ...instance, instance_type: "m7g.large" }, code: "LF611" },
    ...{ call: "RunInstances", about: "m7g.large" },
    answer: refuse(
      ...(["ec2", 500, "InsufficientInstanceCapacity"] as const),
      "We currently do not have sufficient m7g.large capacity in the Availability Zone you requested (eu-west-1a). Our system will be working on provisioning additional capacity.",
    ),
  },
  {
    ...{ type: "aws_iam_role", name: "there", block: { name: "there", assume_role_policy: trust }, code: "LF614" },
    ...{ call: "CreateRole", about: "there" },
    answer: refuse("query", 409, "EntityAlreadyExists", "Role with name there already exists."),
  },
];

/** AWS's answer where it is one that fails. */
export function failing(call: Call): Answer | undefined {
  const sent = decodeURIComponent(call.body.replaceAll("+", " "));
  return FAILING.find(
    ({ call: action, about = "" }) => call.action.replace(/\/$/, "") === action && sent.includes(about),
  )?.answer;
}
