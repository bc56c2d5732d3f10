/**
 * Sizes of policies in characters, white space left out (AWS IAM User Guide, "IAM and AWS STS quotas"). None of them can be raised
 * but that of the trust policy (to 4,096) and the number of attached policies (to 25).
 */
export const POLICY_SIZE = {
  /** All inline policies of a role together. */
  inline: 10_240,
  /** A managed policy. */
  managed: 6_144,
  /** Who may take a role. */
  trust: 2_048,
  /** A bucket's, in bytes (Amazon S3, API_PutBucketPolicy). */
  bucket: 20_480,
} as const;

/** Managed policies that a role has at most. */
export const ATTACHED_POLICIES = 10;

/** The size of a policy as IAM counts it. */
export const policySize = (policy: string): number => policy.replace(/\s/g, "").length;
