import { join, resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { imageKey, LOCK_FILE } from "../model/lock.js";
import { ec2, s3 } from "../stacks/aws/api/clients.js";
import type { CommandContext } from "../operations/context.js";
import { guardRegions } from "../operations/account/verify-account.js";
import { pinImages } from "./image-pin.js";
import { readArch, type ImageFacts } from "../stacks/aws/images/images.js";
import { openDisk, type RawDisk } from "../stacks/aws/images/import/disk.js";
import { finish, register, registered, type ImageWish } from "../stacks/aws/images/import/register.js";
import { importSnapshot, removeSnapshots } from "../stacks/aws/images/import/snapshot.js";
import { removeUpload, upload } from "../stacks/aws/images/import/upload.js";
import type { ImportWork } from "../stacks/aws/images/import/context.js";
import { modelsOf, regionsFor } from "../operations/program/required-images.js";

export interface ImportOptions {
  /** A raw disk, or a `.tar.gz` with one in it. */
  readonly file: string;
  /** A bucket in the region that the role may read; the disk lies in it for as long as the import takes. */
  readonly bucket: string;
  /** The role that AWS imports with. @default "vmimport" */
  readonly role?: string | undefined;
  readonly region?: string | undefined;
  /** Where the name of the file does not say it. */
  readonly arch?: string | undefined;
  /** Release of Photon OS. @default what the name of the file says, else "5.0" */
  readonly release?: string | undefined;
  /** Whether to pin it in the lock file. */
  readonly pin: boolean;
  /** Take away what an interrupted import left, in place of going on. */
  readonly discard: boolean;
  /** Pause before the second look at what AWS is at, in milliseconds. @default 1 second */
  readonly pollMs?: number;
  /** Bytes of each part of the upload. @default 16 MiB */
  readonly partBytes?: number;
}

export interface ImportResult {
  /** Null after a discard. */
  readonly image: ImageFacts | null;
  readonly digest: string;
  /** Whether the image was there before. */
  readonly existed: boolean;
  /** Whether the lock file changed. */
  readonly pinned: boolean;
  readonly file: string;
}

/**
 * Makes an image of a raw disk: upload, snapshot, image, pin. It goes on where it was interrupted, makes no second image of one
 * disk, and takes away the upload in the end.
 * @throws LF633 AWS gave up, LF634 the role, LF635 no disk, LF637 no bucket, LF071 interrupted, LF050, LF625 to LF630
 */
export async function imageImport(options: ImportOptions, context: CommandContext): Promise<ImportResult> {
  const [region = "", ...more] = await regionsFor(options.region, context);
  if (more.length > 0)
    throw new LightfleetError(`an image is of one region, and the program has ${[region, ...more].join(" and ")}`, {
      ...{ code: "LF050", kind: "usage", hint: "name it with --region" },
    });
  await guardRegions([region], await modelsOf(context));
  const tell = (text: string): void => context.host.progress({ type: "step", text });
  try {
    tell(`reading ${options.file}`);
    const file = resolve(context.dir, options.file);
    const disk = await openDisk(file, join(context.dir, ".lightfleet", "images"), context.signal);
    try {
      const wish = wishFor(region, disk, options);
      const work = {
        ...{ ec2: ec2(region), s3: s3(region), bucket: options.bucket, digest: disk.digest, tell },
        key: `lightfleet/images/${disk.digest.slice(7)}.raw`,
        signal: context.signal,
        pollMs: options.pollMs ?? 1_000,
      };
      return options.discard ? await discard(work, wish) : await make(work, wish, disk, options, context);
    } finally {
      await disk.close();
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
    throw new LightfleetError("interrupted: what was done is kept", {
      ...{ code: "LF071", kind: "aborted", cause: error },
      hint: "run it again to go on, or with --discard to take away what it left",
    });
  }
}

async function make(
  work: ImportWork,
  wish: ImageWish,
  disk: RawDisk,
  options: ImportOptions,
  context: CommandContext,
): Promise<ImportResult> {
  work.tell(`looking for ${wish.release} ${wish.arch} in ${wish.region}`);
  const before = await registered(work, wish);
  const id = before?.id ?? (await build(work, wish, disk, options));
  const image = await finish(work, wish, id);
  await removeUpload(work);
  const key = imageKey(wish.release === "4.0" ? "4.0" : "5.0", wish.arch);
  const pinned = options.pin && (await pinImages(context.dir, [{ ...image, arch: wish.arch, key }]));
  return { image, digest: work.digest, existed: before !== undefined, pinned, file: LOCK_FILE };
}

async function build(work: ImportWork, wish: ImageWish, disk: RawDisk, options: ImportOptions): Promise<string> {
  try {
    await upload(work, disk, options.partBytes);
    const snapshot = await importSnapshot(work, options.role ?? "vmimport");
    work.tell(`registering the image of ${snapshot}`);
    return await register(work, wish, snapshot);
  } catch (error) {
    // What AWS gave up with is of no use to another try.
    if (LightfleetError.is(error) && error.code === "LF633") await removeUpload(work);
    throw error;
  }
}

async function discard(work: ImportWork, wish: ImageWish): Promise<ImportResult> {
  await removeUpload(work);
  // The snapshot of an image is the image: it stays.
  const image = await registered(work, wish);
  if (image === undefined) await removeSnapshots(work);
  return { image: null, digest: work.digest, existed: image !== undefined, pinned: false, file: LOCK_FILE };
}

function wishFor(region: string, disk: RawDisk, { arch: said, release: wanted, file }: ImportOptions): ImageWish {
  const arch = said === undefined ? disk.arch : readArch(said);
  const release = wanted ?? disk.release ?? "5.0";
  if (arch === undefined)
    throw new LightfleetError(`the name of ${file} does not say for which architecture it is`, {
      ...{ code: "LF632", kind: "usage", hint: "say it with --arch x86_64|arm64" },
    });
  if (disk.arch !== undefined && disk.arch !== arch)
    throw new LightfleetError(`the name of ${file} says that it is for ${disk.arch}, not for ${arch}`, {
      ...{ code: "LF632", kind: "usage" },
    });
  if (release !== "5.0" && release !== "4.0")
    throw new LightfleetError(`Photon OS ${release} is no release that Lightfleet knows: 5.0, 4.0`, {
      ...{ code: "LF632", kind: "usage" },
    });
  return { region, release, arch, bootMode: arch === "arm64" ? "uefi" : disk.bootMode };
}
