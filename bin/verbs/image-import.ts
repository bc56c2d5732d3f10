import { arch, flag, region, release, text } from "../options.js";
import { defineVerb } from "../verb.js";

export const imageImport = defineVerb({
  name: "image import",
  summary: "Import a raw disk as an image, and pin it",
  positionals: {
    file: { type: "string", demandOption: true, describe: "A .raw file, or a .tar.gz that contains one" },
  },
  options: {
    bucket: { ...text, demandOption: true, describe: "Bucket in the region, which the role may read" },
    role: { ...text, describe: "Role that AWS imports with (default: vmimport)" },
    ...{ region, arch, release },
    pin: { type: "boolean", default: true, describe: "Pin it in lightfleet.lock.json" },
    discard: { ...flag, describe: "Remove what an interrupted import left" },
  },
  examples: [["image import photon-ami-5.0.x86_64.tar.gz --bucket acme-import", "resumes an interrupted import"]],
  run: async (args, context) => (await import("../../commands/image-import.js")).imageImport(args, context),
  show: async (result, terminal) => (await import("../render/images.js")).showImport(result, terminal),
});
