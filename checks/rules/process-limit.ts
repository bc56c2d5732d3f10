import { jvmMemory } from "../jvm.js";
import type { Rule } from "../rule.js";
import { amount } from "../text.js";

/** Threads of a JVM before the application starts its own: garbage collector, compilers, signal handling. */
const JVM_THREADS = 32;

export const processLimit: Rule = {
  code: "LF309",
  severity: "error",
  title: "the limit of processes suits the task and its host",
  why: `'pids' counts threads too, and the init process of a service with 'init'. A JVM starts some thirty before
its application has one. And no task can have more than the kernel has numbers for ('kernel.pid_max', 'kernel.threads-max').`,
  fix: "raise 'pids', or the fleet's kernel parameter",
  *check(context) {
    for (const service of context.model.services) {
      const { id, pids, init } = service;
      if (pids === null) continue;
      if (jvmMemory(service) !== undefined && pids < JVM_THREADS)
        yield {
          at: { on: id },
          message: `'pids' (${pids}) is fewer than the ${JVM_THREADS} threads that a JVM starts by itself`,
        };
      else if (init && pids < 2)
        yield { at: { on: id }, message: `'pids' (${pids}) leaves none beside the init process` };
      for (const fleet of context.fleetsOf(service))
        for (const key of ["kernel.pid_max", "kernel.threads-max"]) {
          const most = Number(fleet.os.sysctl[key] ?? Infinity);
          if (pids > most)
            yield {
              at: { on: id },
              message: `'pids' (${amount(pids)}) is above '${key}' of "${fleet.id}" (${amount(most)})`,
            };
        }
    }
  },
};
