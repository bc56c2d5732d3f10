import { region, sandbox } from "../options.js";
import { defineVerb } from "../verb.js";

export const imageList = defineVerb({
  name: "image list",
  summary: "List imported and pinned images",
  options: { region, sandbox },
  examples: [["image list", "in the program's regions"]],
  run: async (args, context) => (await import("../../commands/image-find.js")).imageList(args, context),
  show: async ({ images }, terminal) => (await import("../render/images.js")).showImages(images, terminal),
});
