import type { Demand } from "./demand.js";
import { Ranks } from "./vm-index.js";
import type { Vm } from "./vms.js";

/** A part of a cluster that shares no VM with the rest: its VMs, and the demands on them. */
export interface Part {
  readonly vms: readonly Vm[];
  readonly demands: readonly Demand[];
}

/** Where tasks are: for each service, the index of each task's VM in its part. */
export type Placement = ReadonlyMap<string, readonly number[]>;

const NONE: readonly number[] = [];

/** What VMs still have free while tasks are put on them; the scheduler's own filters. */
export class Room {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** Tasks on each VM, of all services. */
  readonly tasks: Int32Array;
  private readonly ports = new Map<number, Set<number>>();
  private readonly on = new Map<string, number[]>();
  private readonly byFleet = new Map<string, number[]>();
  private readonly eligible = new Map<string, readonly number[]>();
  private ranked: Ranks | undefined;

  /** @param ties decides between VMs that the scheduler likes as well; the first of them where it is left out */
  constructor(
    readonly vms: readonly Vm[],
    private readonly ties?: readonly number[],
  ) {
    this.cpu = Float64Array.from(vms, ({ cpuMilli }) => cpuMilli);
    this.memory = Float64Array.from(vms, ({ memoryMiB }) => memoryMiB);
    this.tasks = new Int32Array(vms.length);
    vms.forEach(({ fleet }, index) => {
      const list = this.byFleet.get(fleet);
      if (list === undefined) this.byFleet.set(fleet, [index]);
      else list.push(index);
    });
  }

  /** The VMs in the scheduler's order of preference; made when it is first asked for, and kept up to date from then on. */
  get ranks(): Ranks {
    return (this.ranked ??= new Ranks(this, this.ties));
  }

  /** The VMs that a demand's constraints allow. */
  allowed({ fleets }: Demand): readonly number[] {
    if (fleets.length === 1) return this.byFleet.get(fleets[0] ?? "") ?? NONE;
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
    return demand.hostPorts.length === 0 || this.hasPorts(vm, demand);
  }

  /** Whether a demand's host ports are free on a VM. */
  hasPorts(vm: number, { hostPorts }: Demand): boolean {
    const bound = this.ports.get(vm);
    return bound === undefined || !hostPorts.some((port) => bound.has(port));
  }

  /** How many more tasks of a demand a VM can hold; none of them is put there. */
  holds(vm: number, demand: Demand): number {
    if (!this.takes(vm, demand)) return 0;
    const cpu = demand.cpuMilli === 0 ? Infinity : Math.floor(this.cpu[vm]! / demand.cpuMilli);
    const memory = demand.memoryMiB === 0 ? Infinity : Math.floor(this.memory[vm]! / demand.memoryMiB);
    return Math.min(cpu, memory, demand.perVm === Infinity ? Infinity : demand.perVm - this.count(vm, demand));
  }

  /** The VMs of a demand's tasks, one for each task, in no order. */
  tasksOf({ service }: Demand): readonly number[] {
    return this.on.get(service) ?? NONE;
  }

  /** Tasks of a demand on a VM. */
  count(vm: number, demand: Demand): number {
    let count = 0;
    for (const other of this.tasksOf(demand)) if (other === vm) count++;
    return count;
  }

  put(vm: number, demand: Demand): void {
    const on = this.on.get(demand.service);
    if (on === undefined) this.on.set(demand.service, [vm]);
    else on.push(vm);
    this.move(vm, demand, 1);
    if (demand.hostPorts.length === 0) return;
    const bound = this.ports.get(vm) ?? new Set();
    this.ports.set(vm, bound);
    for (const port of demand.hostPorts) bound.add(port);
  }

  take(vm: number, demand: Demand): void {
    const on = this.on.get(demand.service)!;
    on[on.lastIndexOf(vm)] = on.at(-1)!;
    on.pop();
    this.move(vm, demand, -1);
    for (const port of demand.hostPorts) this.ports.get(vm)?.delete(port);
  }

  /** Lets a VM take nothing more. @returns what brings it back */
  close(vm: number): () => void {
    const cpu = this.cpu[vm]!;
    const set = (value: number): void => {
      this.cpu[vm] = value;
      this.ranked?.update(vm);
    };
    set(-1);
    return () => set(cpu);
  }

  /** Puts all tasks of a placement where they are. */
  fill(placement: Placement, demands: readonly Demand[]): this {
    for (const demand of demands) for (const vm of placement.get(demand.service) ?? NONE) this.put(vm, demand);
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
    this.ranked?.update(vm);
  }
}
