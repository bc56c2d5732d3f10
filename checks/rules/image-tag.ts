import { parseImage } from "../images/reference.js";
import type { Rule } from "../rule.js";

export const imageTag: Rule = {
  code: "LF501",
  severity: "warning",
  inProduction: "error",
  title: "an image has a tag that stays what it is",
  why: `"latest", and no tag, which means the same, is another image tomorrow: a task that Swarm moves may run another version than
its siblings, nobody deployed it, and going back to the one before is not possible.`,
  fix: `name the version, as in "ghcr.io/acme/cart:1.8.2"`,
  *check({ model }) {
    for (const { id, image } of model.services) {
      const parsed = parseImage(image);
      if (parsed === undefined || parsed.digest !== undefined) continue;
      const at = { on: id, detail: String(image) };
      if (parsed.tag === undefined) yield { at, message: `its image has no tag` };
      else if (parsed.tag === "latest") yield { at, message: `its image has the tag "latest"` };
    }
  },
};
