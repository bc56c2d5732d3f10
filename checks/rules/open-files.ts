import type { Rule } from "../rule.js";
import { amount } from "../text.js";

export const openFiles: Rule = {
  code: "LF301",
  severity: "error",
  title: "a service asks for no more open files than its fleet allows",
  why: `Containers inherit the daemon's limit of open files, and what that is depends on the version of containerd: "infinity" up
to 1.7, 1,024 from 2.0 on, so that a package update cuts every container down. Lightfleet sets the daemon's default from the
fleet's 'os.openFiles', and nothing on the fleet is meant to have more than that.`,
  fix: "raise 'os.openFiles' of the fleet, or lower 'openFiles' of the service",
  *check(context) {
    for (const service of context.model.services)
      for (const { id, os } of context.fleetsOf(service))
        if (service.openFiles !== null && service.openFiles > os.openFiles)
          yield {
            at: { on: service.id },
            message: `it asks for ${amount(service.openFiles)} open files, and "${id}" allows ${amount(os.openFiles)}`,
          };
  },
};
