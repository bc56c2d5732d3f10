import type { Handle } from "../../constructs/platform.js";

const CLUSTER = {
  vpcId: "aws_vpc.cluster.id",
  bucketName: "aws_s3_bucket.cluster.bucket",
} as const;
const FLEET = {
  securityGroupId: ["aws_security_group", "id"],
  roleName: ["aws_iam_role", "name"],
  autoscalingGroupName: ["aws_autoscaling_group", "name"],
} as const;
const GATEWAY = {
  dnsName: ["aws_lb", "dns_name"],
  arn: ["aws_lb", "arn"],
  securityGroupId: ["aws_security_group", "id"],
} as const;

/** The Terraform address of what a construct offers for reference: fixed by names, so that it is known before rendering. */
export function addressOf(handle: Handle): string {
  if (handle.of === "cluster") return CLUSTER[handle.attribute];
  const [type, attribute] = handle.of === "fleet" ? FLEET[handle.attribute] : GATEWAY[handle.attribute];
  return `${type}.${handle.name}.${attribute}`;
}
