/**
 * The types that hashicorp/aws makes with Terraform's plugin framework; all others are made with the older SDK, which does not
 * tell nothing from what is empty, and knows sets and maps as a whole or not at all.
 */
const types = new Set([
  "aws_s3_bucket_lifecycle_configuration",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
]);

export const isOfFramework = (type: string): boolean => types.has(type);
