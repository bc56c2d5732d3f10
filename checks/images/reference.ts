import type { Value } from "../../model/schema.js";

/** The parts of an image reference. */
export interface ImageReference {
  /** The parts of its path without a registry, as in `["acme", "cart"]`. */
  readonly path: readonly string[];
  /** As in `1.8.2`; undefined where there is none, which Docker reads as `latest`. */
  readonly tag: string | undefined;
  /** As in `sha256:…`. */
  readonly digest: string | undefined;
}

/** Takes an image reference apart; undefined where only Terraform knows it. A colon before a slash is a registry's port. */
export function parseImage(image: Value): ImageReference | undefined {
  if (typeof image !== "string") return undefined;
  const [name = "", digest] = image.split("@", 2);
  const [first = "", ...rest] = name.split("/");
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const path = isRegistry ? rest : [first, ...rest];
  const last = path.at(-1) ?? "";
  const tag = /:([\w][\w.-]*)$/.exec(last)?.[1];
  return { path: [...path.slice(0, -1), last.replace(/:.*$/, "")], tag, digest };
}
