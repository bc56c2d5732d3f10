import type { Rule } from "../rule.js";
import { amount } from "../text.js";

export const sharedMemory: Rule = {
  code: "LF308",
  severity: "error",
  title: "shared memory leaves room below the memory limit",
  why: `What a task writes to /dev/shm counts as its memory. Where 'shm' is as large as 'memoryLimit', filling it ends the task
before it is full.`,
  fix: "raise 'memoryLimit' to 'shm' and what the processes need, or lower 'shm'",
  *check({ model }) {
    for (const { id, shmMiB, memoryLimitMiB } of model.services)
      if (shmMiB !== null && memoryLimitMiB !== null && shmMiB >= memoryLimitMiB)
        yield {
          at: { on: id },
          message: `'shm' (${amount(shmMiB)} MiB) takes all of its memory limit (${amount(memoryLimitMiB)} MiB)`,
        };
  },
};
