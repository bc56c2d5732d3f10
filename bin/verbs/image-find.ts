import { arch, region, sandbox, text } from "../options.js";
import { defineVerb } from "../verb.js";

export const imageFind = defineVerb({
  name: "image find",
  summary: "Find images by owner, name and architecture",
  options: {
    region,
    owner: { ...text, describe: "An account, or 'self'" },
    name: { ...text, describe: "Name; * stands for any text" },
    ...{ arch, sandbox },
  },
  examples: [["image find --name 'photon-5.0-*' --arch arm64", "the account's own, the newest first"]],
  run: async (args, context) => (await import("../../commands/image-find.js")).imageFind(args, context),
  show: async ({ images }, terminal) => (await import("../render/images.js")).showImages(images, terminal),
});
