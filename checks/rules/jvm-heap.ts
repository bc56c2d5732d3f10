import type { ServiceModel } from "../../model/schema.js";
import type { CheckContext } from "../context.js";
import { jvmMemory, type JvmMemory } from "../jvm.js";
import { findMachine } from "../../model/machines.js";
import type { Rule, Violation } from "../rule.js";
import { amount } from "../text.js";

export const jvmHeap: Rule = {
  code: "LF305",
  severity: "warning",
  title: "a JVM's heap and what it needs beside it stay below the memory limit",
  why: `A JVM needs memory beside its heap: class metadata, compiled code, a stack for each thread, buffers of the garbage
collector, direct buffers. Where heap and those together pass the container's limit, the kernel ends the task, at load and without
a stack trace, again and again. The heap is read from -Xmx, -XX:MaxHeapSize or -XX:MaxRAMPercentage, in 'args', in any variable
and in files of JVM options. A heap with less than 64 MiB beside it is an error: no JVM gets by with that. A warning comes where
less than 100 MiB and a fifth of the heap (512 MiB at most) are left, and the direct buffers that the options allow: a heap of
75 % of the memory, as is advised for containers, passes from 1 GiB on. Without a limit, what the task reserves is looked at; and
a share of the memory (-XX:MaxRAMPercentage) is then one of the whole VM's.`,
  fix: "lower the heap, raise 'memoryLimit', or bound the rest (-XX:ReservedCodeCacheSize, -XX:MaxMetaspaceSize, -Xss)",
  *check(context) {
    for (const service of context.model.services) {
      const jvm = jvmMemory(service);
      const found = jvm && judge(jvm, service, context);
      if (found !== undefined) yield { at: { on: service.id }, ...found };
    }
  },
};

type Found = Omit<Violation, "at">;

function judge(jvm: JvmMemory, service: ServiceModel, context: CheckContext): Found | undefined {
  const { memoryLimitMiB: limit } = service;
  if ("percent" in jvm.heap) return ofWholeVm(jvm.heap.percent, jvm.said, service, context);
  const heapMiB = Math.round(jvm.heap.miB);
  const heap = `its heap of ${amount(heapMiB)} MiB (${jvm.said})`;
  if (limit === null) return againstReservation(heap, heapMiB, jvm, service);
  const pass = `pass its limit of ${amount(limit)} MiB`;
  if (heapMiB >= limit)
    return { message: `${heap} leaves nothing beside it below its limit of ${amount(limit)} MiB`, severity: "error" };
  if (heapMiB + jvm.leastMiB > limit)
    return { message: `${heap} and at least ${amount(jvm.leastMiB)} MiB beside it ${pass}`, severity: "error" };
  if (heapMiB + jvm.usualMiB > limit)
    return { message: `${heap} and the usual ${amount(jvm.usualMiB)} MiB beside it ${pass}` };
  return undefined;
}

function againstReservation(heap: string, heapMiB: number, jvm: JvmMemory, service: ServiceModel): Found | undefined {
  const beside = jvm.leastMiB + jvm.directMiB;
  // What reserves nothing at all is LF306's.
  if (service.memoryMiB === 0 || heapMiB + beside <= service.memoryMiB) return undefined;
  return {
    message: `${heap} and at least ${amount(beside)} MiB beside it are more than the ${amount(service.memoryMiB)} MiB that it reserves`,
    hint: "reserve as much memory as the heap and the rest take, and limit it ('memoryLimit')",
  };
}

/** Without a limit of its own a container sees the memory of its VM, and so does the JVM in it. */
function ofWholeVm(percent: number, said: string, service: ServiceModel, context: CheckContext): Found | undefined {
  const sizes = context.fleetsOf(service).map(({ machine }) => findMachine(machine)?.memoryMiB ?? Infinity);
  const vmMiB = Math.min(...sizes);
  const heapMiB = (vmMiB * percent) / 100;
  if (vmMiB === Infinity || service.memoryMiB === 0 || heapMiB <= service.memoryMiB) return undefined;
  return {
    message: `${said} without 'memoryLimit' is a share of the whole VM: ${amount(heapMiB)} of ${amount(vmMiB)} MiB, and it reserves ${amount(service.memoryMiB)}`,
    hint: "set 'memoryLimit': the JVM takes its share of that",
  };
}
