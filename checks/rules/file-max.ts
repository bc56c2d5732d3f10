import type { Rule } from "../rule.js";
import { amount } from "../text.js";

const CEILINGS = ["fs.nr_open", "fs.file-max"];

export const fileMax: Rule = {
  code: "LF302",
  severity: "error",
  title: "the kernel allows as many open files as the fleet and its services",
  why: `'fs.nr_open' is the most that any process may be given, and 'fs.file-max' what all of them have together. Photon's
systemd raises both as far as they go; a fleet's own 'sysctl' can lower them again, and then containers with a higher limit do
not start ("operation not permitted"), or run out of files long before their own limit.`,
  fix: "leave the kernel parameter out, or raise it above all limits of open files",
  *check(context) {
    for (const { id, os } of context.model.fleets) {
      if (!CEILINGS.some((key) => key in os.sysctl)) continue;
      const limits = context.servicesOn(id).map((service) => service.openFiles ?? 0);
      const most = limits.reduce((a, b) => Math.max(a, b), os.openFiles);
      for (const key of CEILINGS) {
        const ceiling = Number(os.sysctl[key] ?? Infinity);
        if (ceiling < most)
          yield {
            at: { on: id },
            message: `'${key}' (${amount(ceiling)}) is below the limit of ${amount(most)} open files`,
          };
      }
    }
  },
};
