import type { CommandContext } from "./context.js";
import { guardRegions } from "./live/guard.js";
import { findImages, readArch, sandboxImages, TAGS, type ImageFacts } from "./image/images.js";
import { modelsOf, regionsFor } from "./image/needs.js";
import { readProjectLock } from "./checks/lock.js";

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

export interface FoundImage extends ImageFacts {
  /** Whether the lock file pins it. */
  readonly pinned: boolean;
}

export interface FindResult {
  readonly images: readonly FoundImage[];
}

/** Images by owner, name and architecture, the newest first within a region. @throws LF050, LF625 to LF630 */
export async function imageFind(options: FindOptions, context: CommandContext): Promise<FindResult> {
  return search(options, context, { owner: options.owner ?? "self" });
}

/** The images that were imported with `image import`. @throws LF050, LF625 to LF630 */
export async function imageList(
  options: Pick<FindOptions, "region" | "sandbox">,
  context: CommandContext,
): Promise<FindResult> {
  return search(options, context, { owner: "self", imported: true });
}

async function search(
  { region, name, arch, sandbox }: FindOptions,
  context: CommandContext,
  { owner, imported = false }: { readonly owner: string; readonly imported?: boolean },
): Promise<FindResult> {
  const query = {
    owner,
    ...(name !== undefined && { name }),
    ...(arch !== undefined && { arch: readArch(arch) }),
    ...(imported && { tags: { [TAGS.digest]: null } }),
  };
  const pinned = new Set<string>();
  const lock = await readProjectLock(context.dir);
  for (const images of Object.values(lock?.images ?? {})) for (const { id } of Object.values(images)) pinned.add(id);
  const regions = await regionsFor(region, context);
  if (!sandbox) await guardRegions(regions, await modelsOf(context));
  const found = await Promise.all(
    regions.map((one) => (sandbox ? sandboxImages(one, query) : findImages(one, query, context.signal))),
  );
  return { images: found.flat().map((image) => ({ ...image, pinned: pinned.has(image.id) })) };
}
