import type { Demand } from "./demand.js";
import { weigh } from "./orders.js";
import { Room, type Part, type Placement } from "./vm-capacity.js";

/** Steps after which the search gives up: about a tenth of a second. */
export const SEARCH_LIMIT = 10_000;

/** Steps times VMs after which it gives up: each step looks at all VMs. */
const MOST_WORK = 1_000_000;

/** Tasks beyond which it does not begin: it goes one level deeper for each. */
const DEEPEST = 2_000;

/** A placement, the proof that there is none (all ways were tried), or neither. */
export type Found =
  { readonly kind: "placement"; readonly placement: Placement } | { readonly kind: "none" | "unproven" };

/**
 * Looks through all ways to put a part's tasks on its VMs: branch and bound, the largest demands first. VMs in the same state
 * count as one, tasks of a service are put in ascending order of VMs, and a state that failed is not tried again, so that no
 * two ways are looked at which differ by names only.
 */
export function search(part: Part, limit = SEARCH_LIMIT): Found {
  const tasks = part.demands.reduce((all, { count }) => all + (count === "everywhere" ? 0 : count), 0);
  if (tasks > DEEPEST) return { kind: "unproven" };
  return new Search(part, Math.min(limit, Math.ceil(MOST_WORK / (part.vms.length + 1)))).run();
}

/** A demand, and what it and all after it need together. */
interface Step {
  readonly demand: Demand;
  readonly count: number;
  readonly cpuFromHere: number;
  readonly memoryFromHere: number;
}

class Search {
  private readonly room: Room;
  private readonly agents: Demand[];
  private readonly steps: Step[];
  private readonly chosen: number[][];
  private readonly failed = new Set<string>();
  private taken = 0;

  constructor(
    part: Part,
    private readonly limit: number,
  ) {
    const weight = weigh(part);
    this.room = new Room(part.vms);
    this.agents = part.demands.filter(({ count }) => count === "everywhere");
    const largestFirst = part.demands
      .flatMap((demand) => (demand.count === "everywhere" ? [] : [{ demand, count: demand.count }]))
      .sort((a, b) => b.demand.hostPorts.length - a.demand.hostPorts.length || weight(b.demand) - weight(a.demand));
    let [cpuFromHere, memoryFromHere] = [0, 0];
    this.steps = largestFirst
      .toReversed()
      .map(({ demand, count }) => {
        cpuFromHere += demand.cpuMilli * count;
        memoryFromHere += demand.memoryMiB * count;
        return { demand, count, cpuFromHere, memoryFromHere };
      })
      .reverse();
    this.chosen = this.steps.map(() => []);
  }

  run(): Found {
    for (const agent of this.agents)
      for (const vm of this.room.allowed(agent)) {
        if (!this.room.takes(vm, agent)) return { kind: "none" };
        this.room.put(vm, agent);
      }
    const found = this.next(0);
    if (found) return { kind: "placement", placement: this.placement() };
    return { kind: this.taken > this.limit ? "unproven" : "none" };
  }

  private placement(): Placement {
    return new Map([
      ...this.agents.map((agent) => [agent.service, this.room.allowed(agent)] as const),
      ...this.steps.map(({ demand }, index) => [demand.service, this.chosen[index]!] as const),
    ]);
  }

  /** Places all demands from one on. */
  private next(index: number): boolean {
    const step = this.steps[index];
    if (step === undefined) return true;
    if (!this.hasRoomFor(step)) return false;
    const key = this.key(index);
    if (this.failed.has(key)) return false;
    if (this.place(index, step.count, 0)) return true;
    if (this.taken <= this.limit) this.failed.add(key);
    return false;
  }

  /** Places the last `left` tasks of a demand, on VMs from `from` on. */
  private place(index: number, left: number, from: number): boolean {
    if (left === 0) return this.next(index + 1);
    const { demand } = this.steps[index]!;
    const tried: number[] = [];
    for (const vm of this.room.allowed(demand)) {
      if (vm < from || !this.room.takes(vm, demand)) continue;
      if (tried.some((other) => this.isLike(vm, other, demand))) continue;
      tried.push(vm);
      if (++this.taken > this.limit) return false;
      this.room.put(vm, demand);
      this.chosen[index]!.push(vm);
      if (this.place(index, left - 1, vm)) return true;
      this.chosen[index]!.pop();
      this.room.take(vm, demand);
    }
    return false;
  }

  /** Whether two VMs can hold the same from here on. */
  private isLike(a: number, b: number, demand: Demand): boolean {
    const { cpu, memory, vms } = this.room;
    return (
      cpu[a] === cpu[b] &&
      memory[a] === memory[b] &&
      vms[a]!.fleet === vms[b]!.fleet &&
      this.room.count(a, demand) === this.room.count(b, demand) &&
      this.room.portsOn(a) === this.room.portsOn(b)
    );
  }

  /** Whether what is left could be placed, were all free room one heap. */
  private hasRoomFor({ cpuFromHere, memoryFromHere }: Step): boolean {
    const total = (free: Float64Array): number => free.reduce((all, one) => all + one, 0);
    return cpuFromHere <= total(this.room.cpu) && memoryFromHere <= total(this.room.memory);
  }

  private key(index: number): string {
    const { vms, cpu, memory } = this.room;
    const states = vms.map(({ fleet }, vm) => `${fleet} ${cpu[vm]} ${memory[vm]} ${this.room.portsOn(vm)}`);
    return `${index}|${states.sort().join("|")}`;
  }
}
