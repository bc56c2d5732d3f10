import { CreateTagsCommand, RegisterImageCommand, type ArchitectureValues } from "@aws-sdk/client-ec2";
import { setTimeout as sleep } from "node:timers/promises";
import { LightfleetError } from "../../../../errors/error.js";
import { asking } from "../../api/call.js";
import { describeImages, findImages, TAGS, type Arch, type ImageFacts } from "../images.js";
import type { BootMode } from "./layout.js";
import { pauseOf, sending, type ImportWork } from "./context.js";

/** Root device of Photon OS, as its own makers register it. */
const ROOT_DEVICE = "/dev/xvda";

/** What an image is to be. */
export interface ImageWish {
  readonly region: string;
  readonly release: string;
  readonly arch: Arch;
  readonly bootMode: BootMode;
}

/** Name of an image: unique, since it has the disk's digest in it. */
export const imageName = ({ release, arch }: Pick<ImageWish, "release" | "arch">, digest: string): string =>
  `photon-${release}-${arch}-${digest.slice(7, 19)}`;

/** The image of a disk that was registered before, also where its tags were not put on any more. */
export async function registered({ digest, signal }: ImportWork, wish: ImageWish): Promise<ImageFacts | undefined> {
  const { region } = wish;
  const tagged = await findImages(region, { owner: "self", tags: { [TAGS.digest]: digest } }, signal);
  if (tagged[0] !== undefined) return tagged[0];
  return (await findImages(region, { owner: "self", name: imageName(wish, digest) }, signal))[0];
}

/** Makes an image of a snapshot: with ENA, with the metadata service's second version alone, and booted as the disk can be. */
export async function register(work: ImportWork, wish: ImageWish, SnapshotId: string): Promise<string> {
  const { release, arch, bootMode } = wish;
  const { ImageId = "" } = await asking("ec2:RegisterImage", () =>
    work.ec2.send(
      new RegisterImageCommand({
        Name: imageName(wish, work.digest),
        Description: `Photon OS ${release} for ${arch}`,
        Architecture: arch satisfies ArchitectureValues,
        BootMode: bootMode,
        VirtualizationType: "hvm",
        EnaSupport: true,
        SriovNetSupport: "simple",
        ImdsSupport: "v2.0",
        RootDeviceName: ROOT_DEVICE,
        BlockDeviceMappings: [
          { DeviceName: ROOT_DEVICE, Ebs: { SnapshotId, VolumeType: "gp3", DeleteOnTermination: true } },
        ],
        TagSpecifications: [{ ResourceType: "image", Tags: tagsOf(wish, work.digest) }],
      }),
      sending(work),
    ),
  );
  return ImageId;
}

/** Waits until an image can be booted, and puts its tags on where they are not. @throws LF633 */
export async function finish(work: ImportWork, wish: ImageWish, id: string): Promise<ImageFacts> {
  for (let looks = 0; ; looks++) {
    const image = (await describeImages(wish.region, [id]))[0];
    if (image !== undefined && image.digest !== work.digest)
      await asking("ec2:CreateTags", () =>
        work.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagsOf(wish, work.digest) }), sending(work)),
      );
    else if (image?.state === "available") return image;
    else if (image !== undefined && ["failed", "error", "invalid", "deregistered"].includes(image.state))
      throw new LightfleetError(`the image ${id} is ${image.state}`, {
        code: "LF633",
        kind: "external",
        hint: "take it away in EC2, and run it again",
      });
    else {
      work.tell(`the image ${id} is ${image?.state ?? "on its way"}`);
      await sleep(pauseOf(work, looks), undefined, { signal: work.signal });
    }
  }
}

function tagsOf({ release, arch, bootMode }: ImageWish, digest: string): { Key: string; Value: string }[] {
  return Object.entries({
    [TAGS.digest]: digest,
    [TAGS.release]: release,
    [TAGS.arch]: arch,
    [TAGS.bootMode]: bootMode,
  }).map(([Key, Value]) => ({ Key, Value }));
}
