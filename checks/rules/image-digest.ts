import { parseImage } from "../images/reference.js";
import type { Rule } from "../rule.js";

export const imageDigest: Rule = {
  code: "LF502",
  severity: "warning",
  title: "an image is pinned by its digest",
  why: `A tag can be pushed again. Only a digest says which bytes run, today and when Swarm moves a task a year from now.`,
  fix: `add the digest: "ghcr.io/acme/cart:1.8.2@sha256:…" ('docker buildx imagetools inspect' shows it)`,
  *check({ model }) {
    for (const { id, image } of model.services) {
      const parsed = parseImage(image);
      if (parsed?.tag !== undefined && parsed.tag !== "latest" && parsed.digest === undefined)
        yield { at: { on: id, detail: String(image) }, message: "its image is named by a tag alone" };
    }
  },
};
