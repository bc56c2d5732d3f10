import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { LightfleetError } from "../../../errors/error.js";
import { s3 } from "../api/clients.js";
import { asking } from "../api/call.js";

/** Where a state is kept in S3. */
export interface Bucket {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/**
 * Reads a state out of a bucket that the program does not name any more, so that no engine can be led there.
 * @returns undefined where there is none
 * @throws LF601 where a run holds its lock, LF625 to LF630
 */
export async function readStateObject({ bucket, key, region }: Bucket): Promise<string | undefined> {
  const client = s3(region);
  if ((await read(client, bucket, `${key}.tflock`)) !== undefined)
    throw new LightfleetError(`the state in s3://${bucket}/${key} is locked: another run is at work`, {
      code: "LF601",
      kind: "external",
      hint: `wait until it is through; where it is dead for certain, take the object ${key}.tflock away`,
    });
  return read(client, bucket, key);
}

/** Whether a bucket has an object for the state, and nothing in it: no engine writes that. @throws LF625 to LF630 */
export const isEmptyObject = async ({ bucket, key, region }: Bucket): Promise<boolean> =>
  (await read(s3(region), bucket, key)) === "";

/** Reads a state as it is, whoever works on it. @returns undefined where there is none @throws LF625 to LF630 */
export const readObject = ({ bucket, key, region }: Bucket): Promise<string | undefined> =>
  read(s3(region), bucket, key);

/** Beside the object of a state that was moved: where to. */
const markOf = (key: string): string => `${key}.moved`;

/** Where the state in a bucket was moved to, in words; undefined where it was not. @throws LF625 to LF630 */
export const movedTo = ({ bucket, key, region }: Bucket): Promise<string | undefined> =>
  read(s3(region), bucket, markOf(key));

/** Leaves word beside a state where it was moved to, for checkouts that know only of here. @throws LF625 to LF630 */
export async function leaveWord({ bucket, key, region }: Bucket, to: string): Promise<void> {
  const word = { Bucket: bucket, Key: markOf(key), Body: to, ContentType: "text/plain" };
  await asking("s3:PutObject", () => s3(region).send(new PutObjectCommand(word)));
}

const read = (client: S3Client, Bucket: string, Key: string): Promise<string | undefined> =>
  asking("s3:GetObject", async () => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? "";
    } catch (error) {
      if (error instanceof Error && /^(NoSuchKey|NoSuchBucket|NotFound)$/.test(error.name)) return undefined;
      throw error;
    }
  });
