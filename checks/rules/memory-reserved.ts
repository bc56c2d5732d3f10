import type { Rule } from "../rule.js";

export const memoryReserved: Rule = {
  code: "LF306",
  severity: "warning",
  title: "a service reserves memory",
  why: `Swarm places tasks by what they reserve, not by what they use or may use at most: a service that reserves nothing fits on
any VM, any number of times, until the kernel ends processes there. The planner cannot count it either.`,
  fix: "set 'memory' to what a task needs in ordinary use",
  *check({ model }) {
    for (const { id, memoryMiB, memoryLimitMiB } of model.services) {
      if (memoryMiB > 0) continue;
      const message = memoryLimitMiB === null ? "it reserves no memory" : "it limits its memory, and reserves none";
      yield { at: { on: id }, message };
    }
  },
};
