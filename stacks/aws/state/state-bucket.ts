import {
  CreateBucketCommand,
  HeadBucketCommand,
  type BucketLocationConstraint,
  type S3Client,
} from "@aws-sdk/client-s3";
import { LightfleetError } from "../../../errors/error.js";
import { s3 } from "../api/clients.js";
import { asking } from "../api/call.js";
import { bucketChanges, type BucketChange, type StateBucket } from "./bucket-changes.js";
import { changeBucket, markOwn, readBucketSettings } from "./bucket-settings.js";

/** Whether the bucket of a state is there. @throws LF607 where it is somebody else's, LF625 to LF630 */
function bucketExists({ bucket, region }: StateBucket): Promise<boolean> {
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

/** A bucket that was just made. */
const BARE = { own: true, versioned: false, closed: false, owned: false };

/** A bucket as it is, and what is to be changed there before it keeps a state. */
export interface BucketPlan {
  /** Whether it is there already. */
  readonly there: boolean;
  /** Whether `bootstrap` made it, now or earlier. */
  readonly own: boolean;
  /** What is so already stays as it is. Empty where the bucket is still to be made. */
  readonly changes: readonly BucketChange[];
}

/**
 * Looks what there is to do, and does nothing.
 * @param plainHttp whether the bucket is reached without TLS, which its policy would refuse
 * @throws LF607 where it is somebody else's, LF625 to LF630
 */
export async function planStateBucket(target: StateBucket, plainHttp: boolean): Promise<BucketPlan> {
  if (!(await bucketExists(target))) return { there: false, own: true, changes: [] };
  const settings = await readBucketSettings(s3(target.region), target.bucket);
  return { there: true, own: settings.own, changes: bucketChanges(target, settings, plainHttp) };
}

/**
 * Makes the bucket of a state where it is not there, and sees to it that it keeps every version, encrypts, and is open to
 * nobody.
 * @returns what was changed at a bucket that was there
 * @throws LF607 where it is somebody else's, LF625 to LF630
 */
export async function makeStateBucket(
  target: StateBucket,
  { there, changes }: BucketPlan,
  plainHttp: boolean,
): Promise<readonly BucketChange[]> {
  const client = s3(target.region);
  if (there) {
    for (const change of changes) await changeBucket(client, target, change);
    return changes;
  }
  const made = await create(client, target.bucket, target.region);
  if (made) await markOwn(client, target.bucket);
  const settings = made ? BARE : await readBucketSettings(client, target.bucket);
  for (const change of bucketChanges(target, settings, plainHttp)) await changeBucket(client, target, change);
  return [];
}

/** @returns whether it was made here */
async function create(client: S3Client, bucket: string, region: string): Promise<boolean> {
  return asking("s3:CreateBucket", async () => {
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
      return true;
    } catch (error) {
      // Another bootstrap was faster, or names are taken world-wide.
      if (nameOf(error) === "BucketAlreadyOwnedByYou") return false;
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

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");
