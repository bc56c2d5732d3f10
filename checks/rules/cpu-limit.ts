import { findMachine } from "../../model/machines.js";
import type { Rule } from "../rule.js";

export const cpuLimit: Rule = {
  code: "LF314",
  severity: "error",
  title: "a limit of CPUs is within what a VM has",
  why: `Docker creates no container whose limit of CPUs is above those of the machine ("range of CPUs is from 0.01 to 2.00, as there
are only 2 CPUs available"; moby daemon/daemon_unix.go). Swarm does not look at the limit when it chooses a VM, so that the task is
rejected there, made again, and rejected again.`,
  fix: "lower 'cpuLimit' to the CPUs of the machine type, leave it out, or use larger VMs",
  *check(context) {
    for (const service of context.model.services) {
      const { id, cpuLimitMilli } = service;
      if (cpuLimitMilli === null) continue;
      for (const fleet of context.fleetsOf(service)) {
        const vcpus = findMachine(fleet.machine)?.vcpus ?? Infinity;
        if (cpuLimitMilli > vcpus * 1000)
          yield {
            at: { on: id },
            message: `'cpuLimit' (${cpuLimitMilli / 1000}) is above the ${vcpus} CPUs of a VM of "${fleet.id}" (${fleet.machine})`,
          };
      }
    }
  },
};
