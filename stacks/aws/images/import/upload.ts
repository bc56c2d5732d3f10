import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
} from "@aws-sdk/client-s3";
import { open, type FileHandle } from "node:fs/promises";
import { LightfleetError } from "../../../../errors/error.js";
import { asking } from "../../api/call.js";
import { mapParallel } from "../../api/parallel.js";
import { sending, type ImportWork } from "./context.js";

const MIB = 2 ** 20;
const PART = 16 * MIB;
/** S3 takes no more parts than these. */
const PARTS = 10_000;
const WIDTH = 4;

/** Size of the parts of an upload. */
export const partSize = (bytes: number): number => Math.max(PART, Math.ceil(bytes / PARTS / MIB) * MIB);

/** Puts a disk into the bucket, from where an earlier try stopped. Parts that are there are not sent again. */
export async function upload(
  work: ImportWork,
  { path, bytes }: { readonly path: string; readonly bytes: number },
  size = partSize(bytes),
): Promise<void> {
  if ((await sizeInBucket(work)) === bytes) return;
  const [UploadId = await begin(work), ...others] = await openUploads(work);
  for (const other of others) await abandon(work, other);
  const sent = await sentParts(work, UploadId);
  const count = Math.ceil(bytes / size);
  const lengthOf = (part: number): number => (part === count ? bytes - size * (count - 1) : size);
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const missing = numbers.filter((part) => sent.get(part)?.bytes !== lengthOf(part));
  let done = count - missing.length;
  const disk = await open(path);
  try {
    await mapParallel(missing, WIDTH, async (part) => {
      work.signal.throwIfAborted();
      const body = await readPart(disk, (part - 1) * size, lengthOf(part));
      sent.set(part, { bytes: body.length, part: await sendPart(work, UploadId, part, body) });
      work.tell(`uploading to ${work.bucket}: ${Math.floor((++done / count) * 100)} %`);
    });
  } finally {
    await disk.close();
  }
  const Parts = numbers.map((part) => sent.get(part)!.part);
  const { bucket: Bucket, key: Key } = work;
  await asking("s3:PutObject", () =>
    work.s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
      sending(work),
    ),
  );
}

/** Takes away the disk, and what there is of unfinished uploads of it. */
export async function removeUpload(work: ImportWork): Promise<void> {
  const { bucket: Bucket, key: Key } = work;
  for (const UploadId of await openUploads(work)) await abandon(work, UploadId);
  await asking("s3:DeleteObject", () => work.s3.send(new DeleteObjectCommand({ Bucket, Key }), sending(work)));
}

function sizeInBucket(work: ImportWork): Promise<number | undefined> {
  const { bucket: Bucket, key: Key } = work;
  return asking("s3:GetObject", async () => {
    try {
      return (await work.s3.send(new HeadObjectCommand({ Bucket, Key }), sending(work))).ContentLength;
    } catch (error) {
      // Without s3:ListBucket, S3 does not tell what is not there from what may not be read.
      if (error instanceof Error && ["NotFound", "NoSuchKey", "403", "Forbidden"].includes(error.name))
        return undefined;
      throw error;
    }
  });
}

/** Ids of the uploads of this disk that were begun and not ended, the newest first. */
async function openUploads(work: ImportWork): Promise<string[]> {
  const { bucket: Bucket, key } = work;
  const { Uploads = [] } = await asking("s3:ListBucketMultipartUploads", async () => {
    try {
      return await work.s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: key }), sending(work));
    } catch (error) {
      throw error instanceof Error && error.name === "NoSuchBucket" ? noBucket(Bucket, error) : error;
    }
  });
  return Uploads.filter(({ Key, UploadId }) => Key === key && UploadId !== undefined)
    .sort((a, b) => (b.Initiated?.getTime() ?? 0) - (a.Initiated?.getTime() ?? 0))
    .map(({ UploadId = "" }) => UploadId);
}

const noBucket = (bucket: string, cause: Error): LightfleetError =>
  new LightfleetError(`there is no bucket '${bucket}' to upload to`, {
    code: "LF637",
    kind: "config",
    hint: "make one in the image's region that the role may read: docs/images.md has both",
    cause,
  });

async function begin(work: ImportWork): Promise<string> {
  const { bucket: Bucket, key: Key } = work;
  const { UploadId = "" } = await asking("s3:PutObject", () =>
    work.s3.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ServerSideEncryption: "AES256", ChecksumAlgorithm: "CRC32" }),
      sending(work),
    ),
  );
  return UploadId;
}

function abandon(work: ImportWork, UploadId: string): Promise<unknown> {
  const { bucket: Bucket, key: Key } = work;
  return asking("s3:AbortMultipartUpload", () =>
    work.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }), sending(work)),
  );
}

async function sentParts(work: ImportWork, UploadId: string) {
  const { bucket: Bucket, key: Key } = work;
  const sent = new Map<number, { readonly bytes: number; readonly part: CompletedPart }>();
  // The SDK's own paging goes by the marker, which is there on the last page too.
  for (let PartNumberMarker: string | undefined, more = true; more;) {
    const command = new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker });
    const page = await asking("s3:ListMultipartUploadParts", () => work.s3.send(command, sending(work)));
    for (const { PartNumber = 0, ETag, Size = 0, ChecksumCRC32 } of page.Parts ?? [])
      sent.set(PartNumber, { bytes: Size, part: { PartNumber, ETag, ChecksumCRC32 } });
    [PartNumberMarker, more] = [page.NextPartNumberMarker, page.IsTruncated === true];
  }
  return sent;
}

async function sendPart(work: ImportWork, UploadId: string, PartNumber: number, Body: Buffer): Promise<CompletedPart> {
  const { bucket: Bucket, key: Key } = work;
  const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: "CRC32" });
  const { ETag, ChecksumCRC32 } = await asking("s3:PutObject", () => work.s3.send(command, sending(work)));
  return { PartNumber, ETag, ChecksumCRC32 };
}

async function readPart(disk: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await disk.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
