import { isMovingTag } from "../images/moving-tag.js";
import { parseImage } from "../images/reference.js";
import type { Rule } from "../rule.js";

const INSPECT = "docker buildx imagetools inspect";

export const imageDigest: Rule = {
  code: "LF502",
  severity: "warning",
  title: "images are pinned by their digests",
  why: `A tag can be pushed again. Swarm takes what it names at the moment when a release changes it, so that two clusters, or one
that is founded anew, may run different bytes under one tag. Only a digest says which bytes run. '${INSPECT}' shows the
digest of an image for all its architectures; the command of the finding shows that of each.`,
  fix: `add the digest to each image, as '${INSPECT}' shows it`,
  *check({ model }) {
    const open = model.services.flatMap(({ id, image }) => {
      const parsed = parseImage(image);
      const isOpen = parsed?.tag !== undefined && !isMovingTag(parsed.tag) && parsed.digest === undefined;
      return isOpen ? [{ id, image: String(image) }] : [];
    });
    const hint = hintFor([...new Set(open.map(({ image }) => image))].sort());
    for (const { id, image } of open)
      yield { at: { on: id, detail: image }, message: "its image is named by a tag alone", hint };
  },
};

/**
 * Shows the images of all clusters with their digests, for those that have none. A template has to begin with something else than
 * `{{.Manifest`, and to end its line itself (docker/buildx, util/imagetools/printers.go; docker/buildx#1175).
 */
const ALL = `jq -r '.services[].image | strings' cdktf.out/*/model.json | grep -v @ | sort -u | xargs -I% ${INSPECT} % --format '%@{{println .Manifest.Digest}}'`;

function hintFor(images: readonly string[]): string {
  const [first = ""] = images;
  if (images.length <= 1) return `write "${first}@sha256:…", with the digest that \`${INSPECT} ${first}\` shows`;
  return `write "${first}@sha256:…" and so on; after 'lightfleet synth' this prints all of them: \`${ALL}\``;
}
