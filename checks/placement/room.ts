import type { Demand } from "./demand.js";
import type { Vm } from "./vms.js";

/** A part of a cluster that shares no VM with the rest: its VMs, and the demands on them. */
export interface Part {
  readonly vms: readonly Vm[];
  readonly demands: readonly Demand[];
}

/** Where tasks are: for each service, the index of each task's VM in its part. */
export type Placement = ReadonlyMap<string, readonly number[]>;

/** What VMs still have free while tasks are put on them; the scheduler's own filters. */
export class Room {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** Tasks on each VM, of all services. */
  readonly tasks: Int32Array;
  private readonly ports = new Map<number, Set<number>>();
  private readonly own = new Map<string, Map<number, number>>();
  private readonly byFleet = new Map<string, number[]>();
  private readonly eligible = new Map<string, readonly number[]>();

  constructor(readonly vms: readonly Vm[]) {
    this.cpu = Float64Array.from(vms, ({ cpuMilli }) => cpuMilli);
    this.memory = Float64Array.from(vms, ({ memoryMiB }) => memoryMiB);
    this.tasks = new Int32Array(vms.length);
    vms.forEach(({ fleet }, index) => {
      const list = this.byFleet.get(fleet);
      if (list === undefined) this.byFleet.set(fleet, [index]);
      else list.push(index);
    });
  }

  /** The VMs that a demand's constraints allow. */
  allowed({ fleets }: Demand): readonly number[] {
    if (fleets.length === 1) return this.byFleet.get(fleets[0] ?? "") ?? [];
    const key = fleets.join(" ");
    const known = this.eligible.get(key);
    if (known !== undefined) return known;
    const list = fleets.flatMap((fleet) => this.byFleet.get(fleet) ?? []).sort((a, b) => a - b);
    this.eligible.set(key, list);
    return list;
  }

  /** Whether one more task of a demand may be put on a VM. */
  takes(vm: number, demand: Demand): boolean {
    if (this.cpu[vm]! < demand.cpuMilli || this.memory[vm]! < demand.memoryMiB) return false;
    if (demand.perVm !== Infinity && this.count(vm, demand) >= demand.perVm) return false;
    if (demand.hostPorts.length === 0) return true;
    const bound = this.ports.get(vm);
    return bound === undefined || !demand.hostPorts.some((port) => bound.has(port));
  }

  /** How many more tasks of a demand a VM can hold; none of them is put there. */
  holds(vm: number, demand: Demand): number {
    if (!this.takes(vm, demand)) return 0;
    const cpu = demand.cpuMilli === 0 ? Infinity : Math.floor(this.cpu[vm]! / demand.cpuMilli);
    const memory = demand.memoryMiB === 0 ? Infinity : Math.floor(this.memory[vm]! / demand.memoryMiB);
    return Math.min(cpu, memory, demand.perVm - this.count(vm, demand));
  }

  /** Tasks of a demand on a VM. */
  count(vm: number, { service }: Demand): number {
    return this.own.get(service)?.get(vm) ?? 0;
  }

  put(vm: number, demand: Demand): void {
    this.move(vm, demand, 1);
    if (demand.hostPorts.length === 0) return;
    const bound = this.ports.get(vm) ?? new Set();
    this.ports.set(vm, bound);
    for (const port of demand.hostPorts) bound.add(port);
  }

  take(vm: number, demand: Demand): void {
    this.move(vm, demand, -1);
    for (const port of demand.hostPorts) this.ports.get(vm)?.delete(port);
  }

  /** Puts all tasks of a placement where they are. */
  fill(placement: Placement, demands: readonly Demand[]): this {
    for (const demand of demands) for (const vm of placement.get(demand.service) ?? []) this.put(vm, demand);
    return this;
  }

  /** The host ports that are bound on a VM, as a text that is the same for the same ports. */
  portsOn(vm: number): string {
    const bound = this.ports.get(vm);
    return bound === undefined || bound.size === 0 ? "" : [...bound].sort((a, b) => a - b).join(",");
  }

  private move(vm: number, demand: Demand, by: 1 | -1): void {
    this.cpu[vm]! -= by * demand.cpuMilli;
    this.memory[vm]! -= by * demand.memoryMiB;
    this.tasks[vm]! += by;
    let own = this.own.get(demand.service);
    if (own === undefined) this.own.set(demand.service, (own = new Map()));
    own.set(vm, (own.get(vm) ?? 0) + by);
  }
}
