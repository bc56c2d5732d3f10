import { isMovingTag } from "../images/moving-tag.js";
import { parseImage } from "../images/reference.js";
import type { Rule } from "../rule.js";

const MOVES = "its image's tag names no version: it is pushed again for each";

export const imageTag: Rule = {
  code: "LF501",
  severity: "warning",
  inProduction: "error",
  title: "an image has a tag that names a version",
  why: `"latest", and no tag, which means the same, names another image tomorrow; so do tags without a version, as "nightly", "stable",
"main" or "alpine". What runs is what the tag named when a release changed it: nobody reads it in the program, another cluster of the
same program gets something else, a new image does not come by a deploy, as the text stays what it is, and going back to the one
before is not possible.`,
  fix: "name the version",
  *check({ model }) {
    for (const { id, image } of model.services) {
      const parsed = parseImage(image);
      if (parsed === undefined || parsed.digest !== undefined) continue;
      const { tag } = parsed;
      const at = { on: id, detail: String(image) };
      if (tag === undefined) yield { at, message: "its image has no tag" };
      else if (tag === "latest") yield { at, message: `its image has the tag "latest"` };
      else if (isMovingTag(tag)) yield { at, message: MOVES, severity: "warning" };
    }
  },
};
