import {
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { asking } from "../api/call.js";
import type { BucketChange, BucketSettings, StateBucket } from "./bucket-changes.js";

/** By this tag a bucket is known that `bootstrap` made, whoever looks at it later. */
const OWN = { Key: "lightfleet:made-by", Value: "bootstrap" } as const;
/** What S3 answers where a setting was never made. */
const UNSET =
  /^(NoSuchTagSet|NoSuchBucketPolicy|NoSuchPublicAccessBlockConfiguration|OwnershipControlsNotFoundError|ServerSideEncryptionConfigurationNotFoundError)$/;

/** Reads what a bucket is set to, and changes nothing. @throws LF625 to LF630 */
export async function readBucketSettings(client: S3Client, Bucket: string): Promise<BucketSettings> {
  const at = { Bucket };
  const [tags, versioning, encryption, access, ownership, policy] = await Promise.all([
    setting("s3:GetBucketTagging", () => client.send(new GetBucketTaggingCommand(at))),
    setting("s3:GetBucketVersioning", () => client.send(new GetBucketVersioningCommand(at))),
    setting("s3:GetEncryptionConfiguration", () => client.send(new GetBucketEncryptionCommand(at))),
    setting("s3:GetBucketPublicAccessBlock", () => client.send(new GetPublicAccessBlockCommand(at))),
    setting("s3:GetBucketOwnershipControls", () => client.send(new GetBucketOwnershipControlsCommand(at))),
    setting("s3:GetBucketPolicy", () => client.send(new GetBucketPolicyCommand(at))),
  ]);
  const [rule] = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
  const block = access?.PublicAccessBlockConfiguration;
  return {
    own: (tags?.TagSet ?? []).some(({ Key, Value }) => Key === OWN.Key && Value === OWN.Value),
    versioned: versioning?.Status === "Enabled",
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    closed:
      block !== undefined &&
      [block.BlockPublicAcls, block.BlockPublicPolicy, block.IgnorePublicAcls, block.RestrictPublicBuckets].every(
        (closed) => closed === true,
      ),
    owned: ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership === "BucketOwnerEnforced",
    policy: policy?.Policy,
  };
}

/** Notes at a bucket that it is ours. It has no tag yet that this would take away. */
export async function markOwn(client: S3Client, Bucket: string): Promise<void> {
  await asking("s3:PutBucketTagging", () =>
    client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [OWN] } })),
  );
}

/** Makes one change. @throws LF625 to LF630 */
export async function changeBucket(client: S3Client, target: StateBucket, change: BucketChange): Promise<void> {
  const Bucket = target.bucket;
  switch (change.kind) {
    case "versioning":
      await asking("s3:PutBucketVersioning", () =>
        client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } })),
      );
      return;
    case "encryption":
      await asking("s3:PutEncryptionConfiguration", () =>
        client.send(
          new PutBucketEncryptionCommand({
            Bucket,
            ServerSideEncryptionConfiguration: {
              Rules: [{ ApplyServerSideEncryptionByDefault: encryptionOf(target) }],
            },
          }),
        ),
      );
      return;
    case "access": {
      const closed = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true };
      const PublicAccessBlockConfiguration = { ...closed, RestrictPublicBuckets: true };
      await asking("s3:PutBucketPublicAccessBlock", () =>
        client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration })),
      );
      return;
    }
    case "ownership":
      await asking("s3:PutBucketOwnershipControls", () =>
        client.send(
          new PutBucketOwnershipControlsCommand({
            Bucket,
            OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
          }),
        ),
      );
      return;
    case "policy":
      await asking("s3:PutBucketPolicy", () =>
        client.send(new PutBucketPolicyCommand({ Bucket, Policy: change.policy })),
      );
  }
}

const encryptionOf = ({ kmsKey }: StateBucket) =>
  kmsKey === undefined
    ? ({ SSEAlgorithm: "AES256" } as const)
    : ({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKey } as const);

/** A setting, or undefined where it was never made. */
const setting = <T>(action: string, ask: () => Promise<T>): Promise<T | undefined> =>
  asking(action, async () => {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Error && UNSET.test(error.name)) return undefined;
      throw error;
    }
  });
