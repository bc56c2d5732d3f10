import { ownVersion } from "../package.js";
import { text } from "../options.js";
import { defineVerb } from "../verb.js";

/** What `preview` starts for each side, in a process of its own. */
export const previewSide = defineVerb({
  name: "preview-side",
  summary: "Write what preview compares, for one side",
  hidden: true,
  options: { date: { ...text, default: "" } },
  examples: [],
  run: async ({ date }, context) =>
    (await import("../../commands/preview-side.js")).writeSide({ date, version: ownVersion() }, context),
  show: () => undefined,
});
