import type { Demand } from "./demand.js";
import type { Part } from "./room.js";

/**
 * Whether Swarm finds a VM for every task whatever order it meets the services in. A task is refused only where each VM that
 * it may use is blocked, and to block a VM, other tasks must have taken more of it than it can spare, bound its host port or
 * filled its `maxPerVm`. Where all others together cannot block that many VMs, no order can. The answer is on the safe side:
 * `false` says that this proves nothing.
 */
export function holdsInAnyOrder({ vms, demands }: Part): boolean {
  const usableBy = usableVms({ vms, demands });
  const countOf = (demand: Demand): number =>
    demand.count === "everywhere" ? (usableBy.get(demand)?.length ?? 0) : demand.count;
  let [cpu, memory] = [0, 0];
  for (const demand of demands) {
    cpu += demand.cpuMilli * countOf(demand);
    memory += demand.memoryMiB * countOf(demand);
  }
  const binders = new Map<number, number>();
  for (const demand of demands)
    for (const port of demand.hostPorts) binders.set(port, (binders.get(port) ?? 0) + countOf(demand));

  return demands.every((demand) => {
    const count = countOf(demand);
    if (count === 0) return true;
    const usable = usableBy.get(demand) ?? [];
    const spareCpu = least(usable, ({ cpuMilli }) => cpuMilli) - demand.cpuMilli;
    const spareMemory = least(usable, ({ memoryMiB }) => memoryMiB) - demand.memoryMiB;
    if (spareCpu < 0 || spareMemory < 0) return false;
    const blocked =
      Math.floor((cpu - demand.cpuMilli) / (spareCpu + 1)) +
      Math.floor((memory - demand.memoryMiB) / (spareMemory + 1));
    const bound = demand.hostPorts.reduce(
      (sum, port) => sum + (binders.get(port) ?? 0) - (demand.count === "everywhere" ? count : 1),
      0,
    );
    if (demand.count === "everywhere") return blocked === 0 && bound === 0;
    const full = demand.hostPorts.length > 0 ? 0 : Math.floor((count - 1) / demand.perVm);
    return blocked + bound + full < usable.length;
  });
}

const least = (vms: Part["vms"], of: (vm: Part["vms"][number]) => number): number =>
  vms.reduce((smallest, vm) => Math.min(smallest, of(vm)), Infinity);

function usableVms({ vms, demands }: Part): Map<Demand, Part["vms"]> {
  const lists = new Map<string, Part["vms"]>();
  return new Map(
    demands.map((demand) => {
      const key = demand.fleets.join(" ");
      let list = lists.get(key);
      if (list === undefined) lists.set(key, (list = vms.filter(({ fleet }) => demand.fleets.includes(fleet))));
      return [demand, list];
    }),
  );
}
