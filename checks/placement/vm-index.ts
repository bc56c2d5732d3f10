import type { Demand } from "./demand.js";
import type { Vm } from "./vms.js";

/** What VMs still have free, as the index reads it. */
interface FreeCapacity {
  readonly vms: readonly Vm[];
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly tasks: Int32Array;
  /** Whether the ports that a demand binds are free on a VM. */
  hasPorts(vm: number, demand: Demand): boolean;
}

/** VMs of one fleet in one zone, which the scheduler tells apart by their load alone. */
export interface Group {
  readonly index: number;
  readonly zone: number;
  /** Where its tree begins, and how many leaves it has: a power of two. */
  readonly base: number;
  readonly width: number;
  /** The VMs at the leaves, in the order that decides ties. */
  readonly vms: readonly number[];
}

/** What one task of the service weighs in a VM's load: more than all tasks of others. */
const OWN = 2 ** 24;

/**
 * The VMs of a room in the order in which the scheduler prefers them: fewest tasks of the service first, then fewest of all.
 * A tree for each group knows the least load and the most free room below each node, so that the best VM which takes a task
 * is found, and a VM's change is noted, in steps that grow with the logarithm of the VMs.
 */
export class Ranks {
  readonly zoneOf: Int32Array;
  /** Tasks in each zone of the service that is being placed: for whoever places it. */
  readonly inZone: Int32Array;
  /** Groups that have turned out to have no room for the service that is being placed. */
  readonly full: Uint8Array;
  private readonly byFleet = new Map<string, Group[]>();
  private readonly several = new Map<string, readonly Group[]>();
  private readonly leaves: Int32Array;
  private readonly bases: Int32Array;
  private readonly own: Int32Array;
  private readonly load: Float64Array;
  private readonly cpu: Float64Array;
  private readonly memory: Float64Array;
  private bestLoad = 0;
  private bestLeaf = 0;

  constructor(
    private readonly room: FreeCapacity,
    private readonly ties: readonly number[] | undefined,
  ) {
    const { vms } = room;
    const zones = new Map<string, number>();
    this.zoneOf = Int32Array.from(vms, ({ zone }) => {
      const known = zones.get(zone);
      if (known !== undefined) return known;
      zones.set(zone, zones.size);
      return zones.size - 1;
    });
    this.inZone = new Int32Array(zones.size);
    const groups = this.group();
    const last = groups.at(-1);
    const nodes = last === undefined ? 0 : last.base + 2 * last.width;
    this.full = new Uint8Array(groups.length);
    this.leaves = new Int32Array(vms.length);
    this.bases = new Int32Array(vms.length);
    this.own = new Int32Array(vms.length);
    this.load = new Float64Array(nodes).fill(Infinity);
    this.cpu = new Float64Array(nodes).fill(-1);
    this.memory = new Float64Array(nodes).fill(-1);
    for (const group of groups) this.build(group);
  }

  /** The groups of a demand's fleets. */
  groupsOf({ fleets }: Demand): readonly Group[] {
    if (fleets.length === 1) return this.byFleet.get(fleets[0] ?? "") ?? [];
    const key = fleets.join(" ");
    let groups = this.several.get(key);
    if (groups === undefined)
      this.several.set(key, (groups = fleets.flatMap((fleet) => this.byFleet.get(fleet) ?? [])));
    return groups;
  }

  /** How loaded a VM is, for the service that is being placed. */
  loadOf(vm: number): number {
    return this.own[vm]! * OWN + this.room.tasks[vm]!;
  }

  /** What decides between VMs of the same load: swarmkit leaves it to chance. */
  tieOf(vm: number): number {
    return this.ties === undefined ? vm : this.ties[vm]!;
  }

  /** Notes how many tasks a VM has of the service that is being placed. */
  setOwn(vm: number, own: number): void {
    this.own[vm] = own;
    this.update(vm);
  }

  /** Notes one more such task, which is about to be put there. */
  countOwn(vm: number): void {
    this.own[vm]! += 1;
  }

  /** Takes over what has changed on a VM. */
  update(vm: number): void {
    const { load, cpu, memory } = this;
    const base = this.bases[vm]!;
    let node = this.leaves[vm]!;
    load[base + node] = this.loadOf(vm);
    cpu[base + node] = this.room.cpu[vm]!;
    memory[base + node] = this.room.memory[vm]!;
    for (node >>= 1; node > 0; node >>= 1) this.join(base, node);
  }

  /** The VM of a group that is best for one more task; -1 where none takes it. */
  best(group: Group, demand: Demand): number {
    this.bestLoad = demand.perVm * OWN - 1;
    this.bestLeaf = Infinity;
    this.look(group, demand, 1, group.width, group.width);
    return this.bestLeaf === Infinity ? -1 : group.vms[this.bestLeaf - group.width]!;
  }

  /** Looks below a node, whose leaves are `span` from `first` on, for one that is better than the best so far. */
  private look(group: Group, demand: Demand, node: number, first: number, span: number): void {
    const at = group.base + node;
    const load = this.load[at]!;
    if (load > this.bestLoad || (load === this.bestLoad && first > this.bestLeaf)) return;
    if (this.cpu[at]! < demand.cpuMilli || this.memory[at]! < demand.memoryMiB) return;
    if (span === 1) {
      if (demand.hostPorts.length > 0 && !this.room.hasPorts(group.vms[node - group.width]!, demand)) return;
      this.bestLoad = load;
      this.bestLeaf = node;
      return;
    }
    const half = span / 2;
    const left = group.base + 2 * node;
    const rightFirst = this.load[left + 1]! < this.load[left]!;
    if (rightFirst) this.look(group, demand, 2 * node + 1, first + half, half);
    this.look(group, demand, 2 * node, first, half);
    if (!rightFirst) this.look(group, demand, 2 * node + 1, first + half, half);
  }

  /** Divides the VMs into groups, each with room for its tree. */
  private group(): Group[] {
    const lists = new Map<string, number[][]>();
    this.room.vms.forEach(({ fleet }, vm) => {
      let zones = lists.get(fleet);
      if (zones === undefined) lists.set(fleet, (zones = []));
      (zones[this.zoneOf[vm]!] ??= []).push(vm);
    });
    const groups: Group[] = [];
    let base = 0;
    for (const [fleet, zones] of lists) {
      const own: Group[] = [];
      zones.forEach((vms, zone) => {
        if (this.ties !== undefined) vms.sort((a, b) => this.tieOf(a) - this.tieOf(b) || a - b);
        const width = 2 ** Math.ceil(Math.log2(vms.length));
        own.push({ index: groups.length + own.length, zone, base, width, vms });
        base += 2 * width;
      });
      this.byFleet.set(fleet, own);
      groups.push(...own);
    }
    return groups;
  }

  private build({ base, width, vms }: Group): void {
    vms.forEach((vm, index) => {
      this.bases[vm] = base;
      this.leaves[vm] = width + index;
      this.load[base + width + index] = this.room.tasks[vm]!;
      this.cpu[base + width + index] = this.room.cpu[vm]!;
      this.memory[base + width + index] = this.room.memory[vm]!;
    });
    for (let node = width - 1; node > 0; node--) this.join(base, node);
  }

  private join(base: number, node: number): void {
    const { load, cpu, memory } = this;
    const at = base + node;
    const left = at + node;
    load[at] = load[left]! < load[left + 1]! ? load[left]! : load[left + 1]!;
    cpu[at] = cpu[left]! > cpu[left + 1]! ? cpu[left]! : cpu[left + 1]!;
    memory[at] = memory[left]! > memory[left + 1]! ? memory[left]! : memory[left + 1]!;
  }
}
