import { LightfleetError } from "../errors/error.js";
import { imageKey, LOCK_FILE, type LockedImage } from "../model/lock.js";
import type { CommandContext } from "../operations/context.js";
import { guardRegions } from "../operations/account/verify-account.js";
import {
  ARCHS,
  describeImages,
  findImages,
  readArch,
  sandboxImages,
  TAGS,
  type Arch,
  type ImageFacts,
} from "../stacks/aws/images/images.js";
import { writeLock } from "../operations/lock-file.js";
import { imageNeeds, modelsOf, regionsFor, type ImageNeed } from "../operations/program/required-images.js";

export interface PinOptions {
  /** AMI ids, each for its own architecture; none to take the newest that was imported for each that the program needs. */
  readonly ids: readonly string[];
  readonly region?: string | undefined;
  /** Release of Photon OS in the images. @default what their tags say, else "5.0" */
  readonly release?: string | undefined;
  /** Architecture of the images, where nothing says it. */
  readonly arch?: string | undefined;
  /** Version of the Docker Engine in the images, where it is known. */
  readonly docker?: string | undefined;
  readonly sandbox: boolean;
}

export interface PinnedImage extends ImageFacts {
  /** As in `photon-5.0-arm64`. */
  readonly key: string;
}

export interface PinResult {
  readonly pinned: readonly PinnedImage[];
  /** Whether the lock file is another one than before. */
  readonly changed: boolean;
  readonly file: string;
}

/**
 * Writes into the lock file which image fleets boot, by region, release and architecture: from then on nothing but a commit
 * changes it. In the sandbox, it says what stands for them there, and leaves the lock file as it is.
 * @throws LF631 where there is none, LF632 where one does not fit, LF050, LF625 to LF630
 */
export async function imagePin(options: PinOptions, context: CommandContext): Promise<PinResult> {
  const chosen = options.ids.length > 0 ? await byId(options, context) : await byNeed(options, context);
  const pinned = chosen.map((image) => ({ ...image, key: keyOf(image, options) }));
  const changed = options.sandbox ? false : await pinImages(context.dir, pinned, options.docker);
  return { pinned, changed, file: LOCK_FILE };
}

/** Writes images into the lock file. @returns whether it changed */
export async function pinImages(dir: string, pinned: readonly PinnedImage[], docker?: string): Promise<boolean> {
  const images: Record<string, Record<string, LockedImage>> = {};
  for (const { region, key, id, name, arch, bootMode, digest } of pinned)
    (images[region] ??= {})[key] = {
      id,
      ...(name !== "" && { name }),
      arch: arch ?? archOf(key),
      ...(bootMode !== null && { bootMode }),
      ...(digest !== null && { digest }),
      ...(docker !== undefined && { docker }),
    };
  return writeLock(dir, { images });
}

async function byId({ ids, region, sandbox }: PinOptions, context: CommandContext): Promise<ImageFacts[]> {
  const [where = "", ...more] = await regionsFor(region, context);
  if (more.length > 0)
    throw new LightfleetError(`an image is of one region, and the program has ${[where, ...more].join(" and ")}`, {
      ...{ code: "LF050", kind: "usage", hint: "name it with --region" },
    });
  if (!sandbox) await guardRegions([where], await modelsOf(context));
  const there = sandbox ? sandboxImages(where, {}) : await describeImages(where, ids);
  return ids.map((id) => {
    const image = there.find((one) => one.id === id);
    if (image !== undefined) return image;
    throw missing(
      `there is no image ${id} in ${where} that this account may boot`,
      "look with 'lightfleet image find'",
    );
  });
}

/** The newest image that was imported, for each that the program's fleets boot. */
async function byNeed({ region, sandbox, arch, release }: PinOptions, context: CommandContext): Promise<ImageFacts[]> {
  const all = await imageNeeds(context);
  const wanted = arch === undefined ? undefined : readArch(arch);
  const needs = all.filter(
    (need) =>
      (region === undefined || need.region === region) &&
      (wanted === undefined || need.arch === wanted) &&
      (release === undefined || need.release === release),
  );
  if (needs.length === 0)
    throw missing(
      "it is not known what to pin: no synthesized fleet boots such an image",
      "name the image: 'lightfleet image pin ami-…'",
    );
  const regions = needs.map((need) => need.region);
  if (!sandbox) await guardRegions(regions, await modelsOf(context));
  return Promise.all(needs.map((need) => newestFor(need, sandbox, context.signal)));
}

async function newestFor(
  { region, release, arch }: ImageNeed,
  sandbox: boolean,
  signal: AbortSignal,
): Promise<ImageFacts> {
  const found = sandbox
    ? sandboxImages(region, { arch }).filter((image) => image.release === release)
    : await findImages(region, { owner: "self", arch, tags: { [TAGS.release]: release } }, signal);
  const image = found.find(({ state }) => state === "available");
  if (image !== undefined) return image;
  throw missing(
    `there is no image of Photon OS ${release} for ${arch} in ${region}`,
    "import one with 'lightfleet image import', or name another with 'lightfleet image pin ami-…'",
  );
}

function keyOf(image: ImageFacts, options: PinOptions): string {
  const said = options.arch === undefined ? undefined : readArch(options.arch);
  const { id, arch, state, region } = image;
  if (arch !== null && said !== undefined && arch !== said)
    throw unfit(`the image ${id} is for ${arch}, not for ${said}: a machine of another architecture cannot boot it`);
  if (state !== "available") throw unfit(`the image ${id} in ${region} is ${state}, not available`);
  const known = arch ?? said;
  if (known === undefined)
    throw unfit(`nothing says for which architecture the image ${id} is`, `say it with --arch ${ARCHS.join("|")}`);
  const release = options.release ?? image.release ?? "5.0";
  if (release === "5.0" || release === "4.0") return imageKey(release, known);
  throw unfit(`Photon OS ${release} is no release that Lightfleet knows: 5.0, 4.0`);
}

const archOf = (key: string): Arch => (key.endsWith("arm64") ? "arm64" : "x86_64");

const missing = (message: string, hint: string): LightfleetError =>
  new LightfleetError(message, { code: "LF631", kind: "config", hint });

const unfit = (message: string, hint?: string): LightfleetError =>
  new LightfleetError(message, { code: "LF632", kind: "config", ...(hint !== undefined && { hint }) });
