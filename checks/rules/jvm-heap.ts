import { jvmMemory } from "../jvm.js";
import type { Rule } from "../rule.js";
import { amount } from "../text.js";

export const jvmHeap: Rule = {
  code: "LF305",
  severity: "warning",
  title: "a JVM's heap and what it needs beside it stay below the memory limit",
  why: `A JVM needs memory beside its heap: class metadata, compiled code, a stack for each thread, direct buffers. Where heap and
those together pass the container's limit, the kernel ends the task, at load and without a stack trace, again and again. The
heap is read from -Xmx, -XX:MaxHeapSize or -XX:MaxRAMPercentage in 'args' and in JAVA_TOOL_OPTIONS and the like. Beside it are
counted, where the options do not say otherwise: 250 threads of 1 MiB, 240 MiB of code cache, 100 MiB of metadata and 10 MiB of
direct buffers (the rule of Paketo's memory calculator), which makes a warning; and 132 MiB in all, which no JVM gets by without:
that makes an error.`,
  fix: "lower the heap, raise 'memoryLimit', or bound the rest (-XX:ReservedCodeCacheSize, -XX:MaxMetaspaceSize, -Xss)",
  *check({ model }) {
    for (const service of model.services) {
      const jvm = jvmMemory(service);
      if (jvm === undefined) continue;
      const { heapMiB, said, leastMiB, usualMiB } = jvm;
      const limit = service.memoryLimitMiB;
      const heap = `its heap of ${amount(heapMiB)} MiB (${said})`;
      if (limit === null) {
        if (heapMiB > service.memoryMiB)
          yield {
            at: { on: service.id },
            message: `${heap} is more than the ${amount(service.memoryMiB)} MiB that it reserves`,
            hint: "reserve as much memory as the heap and the rest take",
          };
      } else if (heapMiB + leastMiB > limit)
        yield {
          at: { on: service.id },
          message: `${heap} and at least ${amount(leastMiB)} MiB beside it pass its limit of ${amount(limit)} MiB`,
          severity: "error",
        };
      else if (heapMiB + usualMiB > limit)
        yield {
          at: { on: service.id },
          message: `${heap} and the usual ${amount(usualMiB)} MiB beside it pass its limit of ${amount(limit)} MiB`,
        };
    }
  },
};
