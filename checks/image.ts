import type { Value } from "../model/schema.js";

/** The parts of an image reference. */
export interface ImageReference {
  /** As in `1.8.2`; undefined where there is none, which Docker reads as `latest`. */
  readonly tag: string | undefined;
  /** As in `sha256:…`. */
  readonly digest: string | undefined;
}

/** Takes an image reference apart; undefined where only Terraform knows it. A colon before a slash is a registry's port. */
export function parseImage(image: Value): ImageReference | undefined {
  if (typeof image !== "string") return undefined;
  const [name = "", digest] = image.split("@", 2);
  const tag = /:([\w][\w.-]*)$/.exec(name.slice(name.lastIndexOf("/") + 1))?.[1];
  return { tag, digest };
}
