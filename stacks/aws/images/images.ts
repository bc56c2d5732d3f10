import { DescribeImagesCommand, paginateDescribeImages, type Image } from "@aws-sdk/client-ec2";
import { LightfleetError } from "../../../errors/error.js";
import { byText } from "../../../model/order.js";
import { ec2 } from "../api/clients.js";
import { asking } from "../api/call.js";

/** Architectures that Photon OS has, as EC2 calls them. */
export const ARCHS = ["x86_64", "arm64"] as const;
export type Arch = (typeof ARCHS)[number];

/** What images, snapshots and imports carry, so that they are found again. */
export const TAGS = {
  digest: "lightfleet:digest",
  release: "lightfleet:release",
  arch: "lightfleet:arch",
  bootMode: "lightfleet:boot-mode",
} as const;

/** An image that VMs may boot. */
export interface ImageFacts {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  /** Null where neither EC2 nor a tag of ours says it. */
  readonly arch: Arch | null;
  readonly bootMode: string | null;
  /** Release of Photon OS, where a tag of ours says it. */
  readonly release: string | null;
  /** Of the raw disk, as in `sha256:…`, where we imported it. */
  readonly digest: string | null;
  /** As in `available`. */
  readonly state: string;
  /** In ISO 8601. */
  readonly created: string;
}

export interface ImageQuery {
  /** An account, or `self`. */
  readonly owner: string;
  /** With `*` for any text. */
  readonly name?: string;
  readonly arch?: Arch;
  /** Values of tags, or null for any. */
  readonly tags?: Readonly<Record<string, string | null>>;
}

/** Images of one region, the newest first. @throws LF625 to LF630 */
export async function findImages(region: string, query: ImageQuery, signal?: AbortSignal): Promise<ImageFacts[]> {
  const { owner, name, arch, tags = {} } = query;
  const filters = [
    ...(name === undefined ? [] : [{ Name: "name", Values: [name] }]),
    ...Object.entries(tags).map(([key, value]) =>
      value === null ? { Name: "tag-key", Values: [key] } : { Name: `tag:${key}`, Values: [value] },
    ),
  ];
  const input = { Owners: [owner], ...(filters.length > 0 && { Filters: filters }) };
  const found = await asking("ec2:DescribeImages", async () => {
    const images: Image[] = [];
    for await (const page of paginateDescribeImages({ client: ec2(region), pageSize: 1_000 }, input)) {
      images.push(...(page.Images ?? []));
      signal?.throwIfAborted();
    }
    return images;
  });
  return found
    .map((image) => factsOf(region, image))
    .filter((image) => arch === undefined || image.arch === arch)
    .sort((a, b) => byText(b.created, a.created) || byText(a.id, b.id));
}

/** The images of these ids that there are and that this account may boot. @throws LF625 to LF630 */
export async function describeImages(region: string, ids: readonly string[]): Promise<ImageFacts[]> {
  if (ids.length === 0) return [];
  const found = await asking("ec2:DescribeImages", async () => {
    try {
      const { Images } = await ec2(region).send(new DescribeImagesCommand({ ImageIds: [...ids] }));
      return (Images ?? []).map((image) => factsOf(region, image));
    } catch (error) {
      if (error instanceof Error && /^InvalidAMIID\./.test(error.name)) return undefined;
      throw error;
    }
  });
  if (found !== undefined || ids.length === 1) return found ?? [];
  // AWS refuses all of them for one that is not there.
  return (await Promise.all(ids.map((id) => describeImages(region, [id])))).flat();
}

/**
 * The images of the sandbox: one for each release and architecture. Nothing boots there, so that each stands for itself alone.
 */
export function sandboxImages(region: string, { arch, name }: Pick<ImageQuery, "arch" | "name">): ImageFacts[] {
  const all = ["5.0", "4.0"].flatMap((release, i) =>
    ARCHS.map((one, j) => ({
      ...{ region, id: `ami-5a4d0b0${i}${j}0000000`, name: `sandbox-photon-${release}-${one}`, owner: "sandbox" },
      ...{ arch: one, bootMode: "uefi", release, digest: null, state: "available", created: "" },
    })),
  );
  const pattern = new RegExp(`^${(name ?? "*").replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
  return all.filter((image) => (arch === undefined || image.arch === arch) && pattern.test(image.name));
}

function factsOf(region: string, image: Image): ImageFacts {
  const tags = new Map((image.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  const arch = image.Architecture ?? tags.get(TAGS.arch);
  return {
    region,
    id: image.ImageId ?? "",
    name: image.Name ?? "",
    owner: image.ImageOwnerAlias ?? image.OwnerId ?? "",
    arch: ARCHS.find((known) => known === arch) ?? null,
    // Our own word first: EC2 says nothing of an image that boots as its machine does.
    bootMode: tags.get(TAGS.bootMode) ?? image.BootMode ?? null,
    release: tags.get(TAGS.release) ?? null,
    digest: tags.get(TAGS.digest) ?? null,
    state: image.State ?? "",
    created: image.CreationDate ?? "",
  };
}

/** An architecture as a person writes it. @throws LF050 */
export function readArch(text: string): Arch {
  const found = { x86_64: "x86_64", amd64: "x86_64", arm64: "arm64", aarch64: "arm64" } as const;
  for (const [name, arch] of Object.entries(found)) if (name === text) return arch;
  throw new LightfleetError(`the architecture "${text}" must be ${ARCHS.join(" or ")}`, {
    code: "LF050",
    kind: "usage",
  });
}
