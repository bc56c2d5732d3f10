import { TerraformLocal } from "cdktf";
import { literalTemplate } from "../../model/template.js";
import { leaderPrograms, PROGRAMS_PREFIX } from "../../node/programs.js";
import { releaseBundle } from "../../node/release.js";
import type { StackSources } from "../../node/stack.js";
import {
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfiguration,
  S3BucketVersioning,
  S3Object,
  type S3ObjectConfig,
} from "../../providers/aws/bindings.gen.js";
import { tagLimitOf } from "../../providers/aws/limits/tags.js";
import { bundleContent } from "./bundle-content.js";
import { defaultTags } from "./cluster-tags.js";
import { boundedName, RELEASE_KEY } from "./names.js";
import { named, type Site, type Storage } from "./context.js";

/** Old versions of bundles are kept for going back, not for ever. */
const KEPT_DAYS = 90;

/** The cluster's private, versioned and encrypted bucket, and the release bundle in it. */
export function renderStorage(site: Site, sources: StackSources): Storage {
  const { scope, model } = site;
  const bucket = new S3Bucket(scope, "bucket", "cluster", {
    bucket_prefix: `${boundedName(["lightfleet", model.cluster], 36)}-`,
    // It holds releases, which the program makes anew, and what managers tell: an end of the cluster is no end of data.
    force_destroy: true,
    tags: named(site),
  });
  const id = bucket.ref("id");
  const guard = new S3BucketPublicAccessBlock(scope, "bucket-access", "cluster", {
    bucket: id,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  new S3BucketOwnershipControls(scope, "bucket-ownership", "cluster", {
    bucket: id,
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
  new S3BucketServerSideEncryptionConfiguration(scope, "bucket-encryption", "cluster", {
    bucket: id,
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
  });
  const versioning = new S3BucketVersioning(scope, "bucket-versioning", "cluster", {
    bucket: id,
    versioning_configuration: { status: "Enabled" },
  });
  new S3BucketLifecycleConfiguration(scope, "bucket-lifecycle", "cluster", {
    bucket: id,
    rule: [
      {
        id: "old-releases",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrent_version_expiration: [{ noncurrent_days: KEPT_DAYS }],
      },
    ],
    depends_on: [versioning.address],
  });
  new S3BucketPolicy(scope, "bucket-policy", "cluster", {
    bucket: id,
    policy: tlsOnly(bucket.ref("arn")),
    depends_on: [guard.address],
  });
  new TerraformLocal(scope, "release-content", bundleContent(site, releaseBundle(model, sources))).overrideLogicalId(
    "release",
  );
  new S3Object(scope, "release", "release", {
    bucket: id,
    key: RELEASE_KEY,
    content: "${local.release}",
    // The managers refuse a bundle that is not what this says: only Terraform knows its bytes, with all holes filled.
    metadata: { sha256: "${sha256(local.release)}" },
    content_type: "application/json",
    ...objectTags(site),
    depends_on: [versioning.address],
  });
  const { text, digest } = leaderPrograms();
  new S3Object(scope, "programs", "programs", {
    bucket: id,
    key: `${PROGRAMS_PREFIX}${digest}.json`,
    content: literalTemplate(text),
    content_type: "application/json",
    ...objectTags(site),
    // There is never none: managers take theirs onto their disk in their first turns, so that the old ones may go after.
    lifecycle: { create_before_destroy: true },
    depends_on: [versioning.address],
  });
  return { bucket: id, bucketArn: bucket.ref("arn"), releaseKey: RELEASE_KEY };
}

/**
 * Objects take fewer tags than all else: where a cluster has more, they have none but Lightfleet's own, and the provider is told to
 * leave its default ones out.
 */
function objectTags({ model }: Site): Pick<S3ObjectConfig, "override_provider" | "tags"> {
  if (Object.keys(defaultTags(model)).length <= tagLimitOf("aws_s3_object").most) return {};
  return {
    override_provider: { default_tags: { tags: {} } },
    tags: defaultTags({ ...model, tags: {} }),
  };
}

function tlsOnly(bucketArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
