import { arch, region, release, sandbox, text } from "../options.js";
import { defineVerb } from "../verb.js";

export const imagePin = defineVerb({
  name: "image pin",
  summary: "Pin the images that fleets boot in lightfleet.lock.json",
  positionals: {
    ids: {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "AMI ids (default: the newest that were imported)",
    },
  },
  options: { region, release, arch, docker: { ...text, describe: "Version of Docker in the image" }, sandbox },
  examples: [
    ["image pin", "the newest for each that the program needs"],
    ["image pin ami-0123456789abcdef0 --region eu-west-1", "this one"],
  ],
  run: async (args, context) => (await import("../../commands/image-pin.js")).imagePin(args, context),
  show: async (result, terminal, args) =>
    (await import("../render/images.js")).showPins(result, args.sandbox, terminal),
});
