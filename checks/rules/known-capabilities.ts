import type { Rule } from "../rule.js";
import { compareVersions, LATE_CAPABILITIES } from "../facts.js";
import { dockerOf } from "./docker-version.js";

export const knownCapabilities: Rule = {
  code: "LF217",
  severity: "error",
  title: "the fleet's Docker knows the capabilities that its services ask for",
  why: `Docker before ${LATE_CAPABILITIES.since} does not know ${LATE_CAPABILITIES.names.join(", ")}, whatever the kernel knows: it refuses
a service with one of them ("unknown capability"), and its release fails. The version is known where the lock file tells it for the
pinned image ('docker'), or where 'os.packages' names one ("docker-23.0.6"). Photon 5.0 was released with 23.0.2, and images of 4.0 from
before February 2023 have an older one.`,
  fix: `pin an image whose Docker is ${LATE_CAPABILITIES.since} or newer, or do without these capabilities`,
  *check(context) {
    const { model } = context;
    for (const service of model.services) {
      const late = (service.capabilities ?? []).filter((name) => LATE_CAPABILITIES.names.includes(name));
      if (late.length === 0) continue;
      for (const fleet of context.fleetsOf(service)) {
        const version = dockerOf(fleet, context);
        const asked = late.map((name) => `"${name}"`).join(", ");
        if (version !== undefined && compareVersions(version, LATE_CAPABILITIES.since) < 0)
          yield {
            at: { on: service.id, detail: fleet.id },
            message: `Docker ${version} of "${fleet.id}" does not know ${asked}, and refuses the service`,
          };
        else if (version === undefined && fleet.os.release === "4.0")
          yield {
            at: { on: service.id, detail: fleet.id },
            severity: "warning",
            message: `nothing tells the version of Docker of "${fleet.id}", and one before ${LATE_CAPABILITIES.since} refuses ${asked}`,
          };
      }
    }
  },
};
