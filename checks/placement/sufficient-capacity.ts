import type { Demand } from "./demand.js";
import type { Part } from "./vm-capacity.js";

/** The VMs of one or more fleets: how many, and the least that one of them has. */
interface FleetSet {
  readonly size: number;
  readonly cpu: number;
  readonly memory: number;
}

/**
 * What can be said of a part whatever order Swarm meets its services in, and wherever their tasks are. A task is refused only
 * where each VM that it may use is blocked, and to block a VM, other tasks must have taken more of it than it can spare, bound
 * its host port or filled its `maxPerVm`. Where all others together cannot block that many VMs, a VM is found. The answers are
 * on the safe side: `false` says that this proves nothing.
 */
export class Certainty {
  private readonly sets = new Map<string, FleetSet>();
  private readonly binders = new Map<number, number>();
  private cpu = 0;
  private memory = 0;
  /** The least memory that comes with a unit of CPU, and the least CPU with a unit of memory. */
  private memoryPerCpu = Infinity;
  private cpuPerMemory = Infinity;

  /** @param vms the VMs that there are, where some of the part's are lost */
  constructor(
    private readonly demands: readonly Demand[],
    private readonly vms: Part["vms"],
  ) {
    for (const demand of demands) {
      const count = this.countOf(demand);
      if (count === 0) continue;
      const { cpuMilli, memoryMiB } = demand;
      this.cpu += cpuMilli * count;
      this.memory += memoryMiB * count;
      if (cpuMilli > 0) this.memoryPerCpu = Math.min(this.memoryPerCpu, memoryMiB / cpuMilli);
      if (memoryMiB > 0) this.cpuPerMemory = Math.min(this.cpuPerMemory, cpuMilli / memoryMiB);
      for (const port of demand.hostPorts) this.binders.set(port, (this.binders.get(port) ?? 0) + count);
    }
  }

  /** Whether every task finds a VM. */
  holds(): boolean {
    return this.demands.every((demand) => this.finds(demand));
  }

  /** Whether every task of a demand finds a VM, and some more of them beside all others. */
  finds(demand: Demand, more = 0): boolean {
    const set = this.setOf(demand);
    const count = this.countOf(demand) + more;
    if (count === 0) return true;
    if (set.cpu < demand.cpuMilli || set.memory < demand.memoryMiB) return false;
    const blocked = this.blockable(demand, set, more - 1);
    let bound = 0;
    for (const port of demand.hostPorts)
      bound += (this.binders.get(port) ?? 0) + more - (demand.count === "everywhere" ? count : 1);
    if (demand.count === "everywhere") return blocked === 0 && bound === 0;
    const full = demand.hostPorts.length > 0 ? 0 : Math.floor((count - 1) / demand.perVm);
    return blocked + bound + full < set.size;
  }

  /**
   * VMs that others can block at most. Whoever blocks by CPU takes memory with it, and the other way round: the most of both
   * kinds, under what there is of both, is at a corner of two lines.
   */
  private blockable({ cpuMilli, memoryMiB }: Demand, set: FleetSet, more: number): number {
    const [cpu, memory] = [this.cpu + more * cpuMilli, this.memory + more * memoryMiB];
    const [byCpu, byMemory] = [set.cpu - cpuMilli + 1, set.memory - memoryMiB + 1];
    if (cpu < byCpu && memory < byMemory) return 0;
    const memoryOfCpu = cpu < byCpu ? Infinity : byCpu * this.memoryPerCpu;
    const cpuOfMemory = memory < byMemory ? Infinity : byMemory * this.cpuPerMemory;
    const allByCpu = Math.min(share(cpu, byCpu), share(memory, memoryOfCpu));
    const allByMemory = Math.min(share(memory, byMemory), share(cpu, cpuOfMemory));
    if (memoryOfCpu === Infinity) return floor(allByMemory);
    if (cpuOfMemory === Infinity) return floor(allByCpu);
    const determinant = byCpu * byMemory - cpuOfMemory * memoryOfCpu;
    const a = (cpu * byMemory - cpuOfMemory * memory) / determinant;
    const b = (byCpu * memory - memoryOfCpu * cpu) / determinant;
    return floor(Math.max(allByCpu, allByMemory, a >= 0 && b >= 0 ? a + b : 0));
  }

  private countOf(demand: Demand): number {
    return demand.count === "everywhere" ? this.setOf(demand).size : demand.count;
  }

  private setOf({ fleets }: Demand): FleetSet {
    const key = fleets.length === 1 ? fleets[0]! : fleets.join(" ");
    let set = this.sets.get(key);
    if (set !== undefined) return set;
    let [size, cpu, memory] = [0, Infinity, Infinity];
    for (const vm of this.vms) {
      if (!fleets.includes(vm.fleet)) continue;
      size++;
      cpu = Math.min(cpu, vm.cpuMilli);
      memory = Math.min(memory, vm.memoryMiB);
    }
    this.sets.set(key, (set = { size, cpu, memory }));
    return set;
  }
}

/** How many times something goes into an amount. */
const share = (amount: number, each: number): number => (each === 0 ? Infinity : amount / each);

/** Rounded down, but never for a sum that is a whole number but for how it was reckoned. */
const floor = (value: number): number => Math.floor(value + 1e-6);

/** Whether Swarm finds a VM for every task whatever order it meets the services in. `false` proves nothing. */
export const holdsInAnyOrder = ({ vms, demands }: Part): boolean => new Certainty(demands, vms).holds();
