import type { Part } from "../../checks/placement/vm-capacity.js";

/** Whether tasks fit, by trying every VM for every task. It shares nothing with the planner but the question. */
export function fitsByBruteForce({ vms, demands }: Part): boolean {
  const tasks = demands.flatMap((demand) => {
    const allowed = vms.flatMap((vm, index) => (demand.fleets.includes(vm.fleet) ? [index] : []));
    if (demand.count === "everywhere") return allowed.map((vm) => ({ demand, allowed: [vm] }));
    return Array.from({ length: demand.count }, () => ({ demand, allowed }));
  });
  const on: number[] = [];
  const ok = (vm: number): boolean => {
    const there = tasks.slice(0, on.length).filter((_, index) => on[index] === vm);
    const total = (of: "cpuMilli" | "memoryMiB"): number => there.reduce((sum, { demand }) => sum + demand[of], 0);
    if (total("cpuMilli") > vms[vm]!.cpuMilli || total("memoryMiB") > vms[vm]!.memoryMiB) return false;
    const ports = there.flatMap(({ demand }) => demand.hostPorts);
    if (new Set(ports).size !== ports.length) return false;
    return there.every(({ demand }) => there.filter((other) => other.demand === demand).length <= demand.perVm);
  };
  const place = (task: number): boolean => {
    const next = tasks[task];
    if (next === undefined) return true;
    const least = task > 0 && tasks[task - 1]!.demand === next.demand ? on[task - 1]! : 0;
    for (const vm of next.allowed) {
      if (vm < least && next.demand.count !== "everywhere") continue;
      on.push(vm);
      if (ok(vm) && place(task + 1)) return true;
      on.pop();
    }
    return false;
  };
  return place(0);
}
