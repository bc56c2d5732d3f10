import type { LockedImage } from "../model/lock.js";
import type { CommandContext } from "../operations/context.js";
import { guardRegions } from "../operations/account/verify-account.js";
import {
  describeImages,
  findImages,
  readArch,
  sandboxImages,
  TAGS,
  type ImageFacts,
  type ImageQuery,
} from "../stacks/aws/images/images.js";
import { modelsOf, regionsFor } from "../operations/program/required-images.js";
import { readProjectLock } from "../operations/checks/project-lock.js";

export interface FindOptions {
  /** @default those of the program, else AWS_REGION */
  readonly region?: string | undefined;
  /** @default "self" */
  readonly owner?: string | undefined;
  /** With `*` for any text. */
  readonly name?: string | undefined;
  readonly arch?: string | undefined;
  readonly sandbox: boolean;
}

/** An image; in the state `missing` where the lock file alone knows it, and this account cannot boot it. */
export interface FoundImage extends ImageFacts {
  /** Whether the lock file pins it. */
  readonly pinned: boolean;
}

export interface FindResult {
  readonly images: readonly FoundImage[];
}

/** Images by owner, name and architecture, the newest first within a region. @throws LF050, LF625 to LF630 */
export async function imageFind(options: FindOptions, context: CommandContext): Promise<FindResult> {
  const { owner = "self", name, arch } = options;
  const query = { owner, ...(name !== undefined && { name }), ...(arch !== undefined && { arch: readArch(arch) }) };
  return search(options, context, (region) => findImages(region, query, context.signal), query);
}

/** The images that were imported with `image import`, and those that are pinned. @throws LF050, LF625 to LF630 */
export async function imageList(
  options: Pick<FindOptions, "region" | "sandbox">,
  context: CommandContext,
): Promise<FindResult> {
  const query = { owner: "self", tags: { [TAGS.digest]: null } };
  return search(options, context, async (region, pins) => {
    const imported = await findImages(region, query, context.signal);
    const others = pins.filter(({ id }) => imported.every((image) => image.id !== id));
    const there = await describeImages(
      region,
      others.map(({ id }) => id),
    );
    const missing = others.filter(({ id }) => there.every((image) => image.id !== id));
    return [...imported, ...there, ...missing.map((pin) => missingImage(region, pin))];
  });
}

type Look = (region: string, pins: readonly LockedImage[]) => Promise<readonly ImageFacts[]>;

async function search(
  { region, sandbox }: Pick<FindOptions, "region" | "sandbox">,
  context: CommandContext,
  look: Look,
  query: Pick<ImageQuery, "arch" | "name"> = {},
): Promise<FindResult> {
  const lock = await readProjectLock(context.dir);
  const pinsOf = (one: string): LockedImage[] => unique(Object.values(lock?.images[one] ?? {}));
  const pinned = new Set(Object.keys(lock?.images ?? {}).flatMap((one) => pinsOf(one).map(({ id }) => id)));
  const regions = await regionsFor(region, context);
  if (!sandbox) await guardRegions(regions, await modelsOf(context));
  const found = await Promise.all(regions.map((one) => (sandbox ? sandboxImages(one, query) : look(one, pinsOf(one)))));
  return { images: found.flat().map((image) => ({ ...image, pinned: pinned.has(image.id) })) };
}

/** Each image once, under however many keys it is pinned. */
const unique = (pins: readonly LockedImage[]): LockedImage[] => [...new Map(pins.map((pin) => [pin.id, pin])).values()];

/** What the lock file says of an image that is not there. */
const missingImage = (region: string, { id, name, arch, bootMode, digest }: LockedImage): ImageFacts => ({
  ...{ region, id, name: name ?? "", owner: "", arch: arch ?? null, bootMode: bootMode ?? null },
  ...{ release: null, digest: digest ?? null, state: "missing", created: "" },
});
