import { placementOf } from "../placement/headroom.js";
import type { Rule } from "../rule.js";
import { amount, names } from "../text.js";

export const promisedMemory: Rule = {
  code: "LF307",
  severity: "warning",
  title: "memory limits do not promise more than a VM has",
  why: `A task may take memory up to its limit, which may be more than it reserves. Where all tasks of a VM together may take more
than it has, a busy hour ends with the kernel choosing which process to end, and it may choose another service's, or Docker.
The VM with the most promised memory of each fleet is looked at, as the planner filled it.`,
  fix: "bring 'memory' nearer to 'memoryLimit' for the services with the widest gap, or use larger VMs",
  *check({ capacity, services }) {
    for (const planned of capacity.at("desired").parts) {
      if (planned.outcome.kind !== "fits") continue;
      const { vms } = planned.part;
      const promised = new Float64Array(vms.length);
      const gaps = vms.map(() => new Map<string, number>());
      for (const [id, on] of placementOf(planned)) {
        const service = services.get(id);
        const demand = planned.demands.get(id);
        if (service === undefined || demand === undefined) continue;
        const gap = Math.max(0, (service.memoryLimitMiB ?? service.memoryMiB) - service.memoryMiB);
        for (const vm of on) {
          promised[vm]! += demand.memoryMiB + gap;
          gaps[vm]!.set(id, (gaps[vm]!.get(id) ?? 0) + gap);
        }
      }
      const told = new Set<string>();
      const fullest = vms.map((_, index) => index).sort((a, b) => promised[b]! - promised[a]!);
      for (const index of fullest) {
        const { fleet, id, memoryMiB } = vms[index]!;
        if (told.has(fleet)) continue;
        told.add(fleet);
        if (promised[index]! <= memoryMiB) continue;
        const widest = [...gaps[index]!].sort(([, a], [, b]) => b - a).map(([service]) => service);
        yield {
          at: {
            on: fleet,
            detail: `${id}: ${amount(promised[index]!)} of ${amount(memoryMiB)} MiB (widest gap: ${names(widest.slice(0, 3))})`,
          },
          message: "the tasks on a VM may take more memory than it has",
        };
      }
    }
  },
};
