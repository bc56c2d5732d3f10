import type { Rule } from "../rule.js";

export const architecture: Rule = {
  code: "LF504",
  severity: "error",
  title: "images run on the architecture of their fleets",
  why: `The machine type decides the architecture: m7g is arm64, m7i is x86_64. An image that was built for the other one alone
does not start there ("exec format error"), and on several fleets it starts here and not there.`,
  fix: "build the image for both ('docker buildx build --platform linux/amd64,linux/arm64'), or choose another machine type",
  *check(context) {
    for (const service of context.model.services)
      for (const { id, arch, machine } of context.fleetsOf(service))
        if (service.platforms !== null && !service.platforms.includes(arch))
          yield {
            at: { on: service.id },
            message: `its image is built for ${service.platforms.join(", ")}, and "${id}" (${machine}) is ${arch}`,
          };
  },
};
