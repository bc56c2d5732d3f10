import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type BucketLocationConstraint,
  type S3Client,
} from "@aws-sdk/client-s3";
import { LightfleetError } from "../../errors/error.js";
import { partitionOf } from "../../stacks/aws/names.js";
import { s3 } from "../aws/clients.js";
import { asking } from "../aws/errors.js";

export interface StateBucket {
  readonly bucket: string;
  readonly region: string;
  readonly kmsKey?: string;
}

/** Whether the bucket of a state is there. @throws LF607 where it is somebody else's, LF625 to LF630 */
export function bucketExists({ bucket, region }: StateBucket): Promise<boolean> {
  const client = s3(region);
  return asking("s3:ListBucket", async () => {
    try {
      await client.send(new HeadBucketCommand({ Bucket: bucket }));
      return true;
    } catch (error) {
      const name = nameOf(error);
      if (name === "NotFound" || name === "NoSuchBucket") return false;
      if (name === "Forbidden" || name === "403") throw taken(bucket, error);
      throw error;
    }
  });
}

/**
 * Makes the bucket of a state where it is not there, and sees to it that it keeps every version, encrypts, and is open to
 * nobody. What is so already stays as it is.
 * @param plainHttp whether it is reached without TLS, which its policy would refuse
 * @returns whether it was made
 * @throws LF607 where it is somebody else's, LF625 to LF630
 */
export async function makeStateBucket(target: StateBucket, plainHttp: boolean): Promise<boolean> {
  const { bucket, region, kmsKey } = target;
  const client = s3(region);
  const existed = await bucketExists(target);
  if (!existed) await create(client, bucket, region);
  await asking("s3:PutBucketVersioning", () =>
    client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } })),
  );
  const rule =
    kmsKey === undefined
      ? ({ SSEAlgorithm: "AES256" } as const)
      : ({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKey } as const);
  await asking("s3:PutEncryptionConfiguration", () =>
    client.send(
      new PutBucketEncryptionCommand({
        Bucket: bucket,
        ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] },
      }),
    ),
  );
  const closed = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  await asking("s3:PutBucketPublicAccessBlock", () =>
    client.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: closed })),
  );
  await asking("s3:PutBucketOwnershipControls", () =>
    client.send(
      new PutBucketOwnershipControlsCommand({
        Bucket: bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      }),
    ),
  );
  if (!plainHttp)
    await asking("s3:PutBucketPolicy", () =>
      client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: tlsOnly(bucket, region) })),
    );
  return !existed;
}

async function create(client: S3Client, bucket: string, region: string): Promise<void> {
  await asking("s3:CreateBucket", async () => {
    try {
      await client.send(
        new CreateBucketCommand({
          Bucket: bucket,
          // The oldest region is the one that is not named.
          ...(region !== "us-east-1" && {
            CreateBucketConfiguration: { LocationConstraint: asConstraint(region) },
          }),
        }),
      );
    } catch (error) {
      // Another bootstrap was faster, or names are taken world-wide.
      if (nameOf(error) === "BucketAlreadyOwnedByYou") return;
      if (nameOf(error) === "BucketAlreadyExists") throw taken(bucket, error);
      throw error;
    }
  });
}

/** The SDK lists the regions that it knows; newer ones are as good. */
const isConstraint = (region: string): region is BucketLocationConstraint => region !== "";

function asConstraint(region: string): BucketLocationConstraint | undefined {
  return isConstraint(region) ? region : undefined;
}

function taken(bucket: string, cause: unknown): LightfleetError {
  return new LightfleetError(`the bucket '${bucket}' belongs to somebody else, or the credentials may not see it`, {
    code: "LF607",
    kind: "external",
    hint: "names of buckets are taken world-wide: choose another, as in acme-<account>-state",
    cause,
  });
}

function tlsOnly(bucket: string, region: string): string {
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  const statement = {
    ...{ Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] },
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");
