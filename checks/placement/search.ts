import type { Demand } from "./demand.js";
import { weigh } from "./orders.js";
import { Room, type Part, type Placement } from "./room.js";

/** Steps after which the search gives up: a few hundredths of a second. */
export const SEARCH_LIMIT = 60_000;

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
  return tasks > DEEPEST ? { kind: "unproven" } : new Search(part, limit).run();
}

class Search {
  private readonly room: Room;
  private readonly agents: Demand[];
  private readonly rest: { readonly demand: Demand; readonly count: number }[];
  private readonly chosen: number[][];
  private readonly failed = new Set<string>();
  private steps = 0;

  constructor(
    private readonly part: Part,
    private readonly limit: number,
  ) {
    const weight = weigh(part);
    this.room = new Room(part.vms);
    this.agents = part.demands.filter(({ count }) => count === "everywhere");
    this.rest = part.demands
      .flatMap((demand) => (demand.count === "everywhere" ? [] : [{ demand, count: demand.count }]))
      .sort((a, b) => b.demand.hostPorts.length - a.demand.hostPorts.length || weight(b.demand) - weight(a.demand));
    this.chosen = this.rest.map(() => []);
  }

  run(): Found {
    for (const agent of this.agents)
      for (const vm of this.room.allowed(agent)) {
        if (!this.room.takes(vm, agent)) return { kind: "none" };
        this.room.put(vm, agent);
      }
    if (this.next(0)) return { kind: "placement", placement: this.placement() };
    return { kind: this.steps > this.limit ? "unproven" : "none" };
  }

  private placement(): Placement {
    return new Map([
      ...this.agents.map((agent) => [agent.service, this.room.allowed(agent)] as const),
      ...this.rest.map(({ demand }, index) => [demand.service, this.chosen[index]!] as const),
    ]);
  }

  /** Places all demands from one on. */
  private next(index: number): boolean {
    if (index === this.rest.length) return true;
    if (!this.isPossible(index)) return false;
    const key = this.key(index);
    if (this.failed.has(key)) return false;
    if (this.place(index, this.rest[index]!.count, 0)) return true;
    if (this.steps <= this.limit) this.failed.add(key);
    return false;
  }

  /** Places the last `left` tasks of a demand, on VMs from `from` on. */
  private place(index: number, left: number, from: number): boolean {
    if (left === 0) return this.next(index + 1);
    const { demand } = this.rest[index]!;
    const tried = new Set<string>();
    for (const vm of this.room.allowed(demand)) {
      if (vm < from || !this.room.takes(vm, demand)) continue;
      const state = `${this.room.state(vm)} ${this.room.count(vm, demand)}`;
      if (tried.has(state)) continue;
      tried.add(state);
      if (++this.steps > this.limit) return false;
      this.room.put(vm, demand);
      this.chosen[index]!.push(vm);
      if (this.place(index, left - 1, vm)) return true;
      this.chosen[index]!.pop();
      this.room.take(vm, demand);
    }
    return false;
  }

  /** Whether what is left could be placed, were each demand alone, and all of it in one heap. */
  private isPossible(index: number): boolean {
    let [cpu, memory] = [0, 0];
    for (const { demand, count } of this.rest.slice(index)) {
      let holds = 0;
      for (const vm of this.room.allowed(demand)) if ((holds += this.room.holds(vm, demand)) >= count) break;
      if (holds < count) return false;
      cpu += demand.cpuMilli * count;
      memory += demand.memoryMiB * count;
    }
    const total = (free: Float64Array): number => free.reduce((all, one) => all + one, 0);
    return cpu <= total(this.room.cpu) && memory <= total(this.room.memory);
  }

  private key(index: number): string {
    return `${index}|${this.part.vms
      .map((_, vm) => this.room.state(vm))
      .sort()
      .join("|")}`;
  }
}
