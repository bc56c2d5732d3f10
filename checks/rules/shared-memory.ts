import type { Rule } from "../rule.js";
import { amount } from "../text.js";

export const sharedMemory: Rule = {
  code: "LF308",
  severity: "error",
  title: "shared memory leaves room below the memory limit",
  why: `What a task writes to /dev/shm, or to a directory of its 'tmpfs', counts as its memory. Where these are as large as 'memoryLimit',
filling them ends the task before they are full.`,
  fix: "raise 'memoryLimit' to 'shm', 'tmpfs' and what the processes need, or lower these",
  *check({ model }) {
    for (const { id, shmMiB, tmpfs = {}, memoryLimitMiB } of model.services) {
      const sizes = Object.values(tmpfs);
      const size = sizes.reduce((sum, one) => sum + one, shmMiB ?? 0);
      const props: string[] = [];
      if (shmMiB !== null) props.push("'shm'");
      if (sizes.length > 0) props.push("'tmpfs'");
      if (props.length > 0 && memoryLimitMiB !== null && size >= memoryLimitMiB)
        yield {
          at: { on: id },
          message: `${props.join(" and ")} (${amount(size)} MiB) ${props.length > 1 ? "take" : "takes"} all of its memory limit (${amount(memoryLimitMiB)} MiB)`,
        };
    }
  },
};
