import type { Demand } from "./demand.js";
import type { Part } from "./vm-capacity.js";
import { Room } from "./vm-capacity.js";

/** What runs out. `packing`: there is enough of all, but no way to cut it up. */
export type Resource = "cpu" | "memory" | "host port" | "VMs" | "packing";

/** A proof that tasks do not fit: what they need at least, and the most that there can be. */
export interface Shortage {
  readonly resource: Resource;
  /** Services whose tasks need it. */
  readonly services: readonly string[];
  /** Fleets whose VMs could give it. */
  readonly fleets: readonly string[];
  /** In thousandths of a CPU, MiB, or tasks. */
  readonly need: number;
  readonly have: number;
  /** What the two numbers are of: one VM, or all that the fleets have together. */
  readonly per: "VM" | "fleet";
  /** The host port, where that is what runs out. */
  readonly port?: number;
}

/**
 * Looks for reasons why a part cannot hold its demands: each is a proof by itself. None found proves nothing.
 * Ordered so that the reason which explains most comes first; a service that is named in one is not named in a later one alone.
 */
export function findShortages(part: Part): Shortage[] {
  const found = [...tooLarge(part), ...agentsTooLarge(part), ...portsTaken(part)];
  for (const further of [totals, tooMany]) {
    const named = new Set(found.flatMap(({ services }) => services));
    found.push(...further(part).filter(({ services }) => !services.every((service) => named.has(service))));
  }
  return found;
}

/** A task that no VM could hold, were it alone there. */
function tooLarge({ vms, demands }: Part): Shortage[] {
  const room = new Room(vms);
  const found: Shortage[] = [];
  for (const demand of demands) {
    if (demand.count === 0 || demand.count === "everywhere") continue;
    const usable = room.allowed(demand);
    if (usable.length === 0) {
      found.push({ ...common(demand), resource: "VMs", need: demand.count, have: 0, per: "fleet" });
      continue;
    }
    if (usable.some((vm) => room.takes(vm, demand))) continue;
    const most = (free: Float64Array): number => Math.max(...usable.map((vm) => free[vm]!));
    if (demand.memoryMiB > most(room.memory))
      found.push({ ...common(demand), resource: "memory", need: demand.memoryMiB, have: most(room.memory), per: "VM" });
    else found.push({ ...common(demand), resource: "cpu", need: demand.cpuMilli, have: most(room.cpu), per: "VM" });
  }
  return found;
}

/** VMs that cannot hold what is to run on each of them. */
function agentsTooLarge({ vms, demands }: Part): Shortage[] {
  const found: Shortage[] = [];
  const seen = new Set<string>();
  for (const vm of vms) {
    if (seen.has(vm.fleet)) continue;
    seen.add(vm.fleet);
    const agents = demands.filter(({ count, fleets }) => count === "everywhere" && fleets.includes(vm.fleet));
    const services = agents.map(({ service }) => service);
    const [cpu, memory] = [sum(agents, "cpuMilli"), sum(agents, "memoryMiB")];
    const base = { services, fleets: [vm.fleet], per: "VM" } as const;
    if (memory > vm.memoryMiB) found.push({ ...base, resource: "memory", need: memory, have: vm.memoryMiB });
    if (cpu > vm.cpuMilli) found.push({ ...base, resource: "cpu", need: cpu, have: vm.cpuMilli });
    const ports = agents.flatMap(({ hostPorts }) => hostPorts);
    const port = ports.find((one, index) => ports.indexOf(one) !== index);
    if (port !== undefined) {
      const binders = agents.filter(({ hostPorts }) => hostPorts.includes(port)).map(({ service }) => service);
      found.push({ ...base, services: binders, resource: "host port", port, need: binders.length, have: 1 });
    }
  }
  return found;
}

/** More tasks that bind a host port than VMs that they may be on. */
function portsTaken({ vms, demands }: Part): Shortage[] {
  const found: Shortage[] = [];
  const ports = new Set(demands.flatMap(({ hostPorts }) => hostPorts));
  for (const port of ports) {
    const binders = demands.filter(({ hostPorts, count }) => hostPorts.includes(port) && count !== 0);
    const fleets = [...new Set(binders.flatMap((binder) => binder.fleets))];
    const have = vms.filter(({ fleet }) => fleets.includes(fleet)).length;
    const need = binders.reduce((all, binder) => all + countOf(binder, vms), 0);
    if (need > have)
      found.push({ resource: "host port", port, services: names(binders), fleets, need, have, per: "fleet" });
  }
  return found;
}

/** All that must be on some fleets needs more than they have together. */
function totals(part: Part): Shortage[] {
  const found: Shortage[] = [];
  const { vms, demands } = part;
  const sets = new Map(demands.map(({ fleets }) => [fleets.join(" "), fleets]));
  const all = [...new Set(vms.map(({ fleet }) => fleet))];
  if (sets.size > 1) sets.set(all.join(" "), all);
  for (const fleets of [...sets.values()].sort((a, b) => a.length - b.length)) {
    const inside = demands.filter((demand) => demand.fleets.every((fleet) => fleets.includes(fleet)));
    const usable = vms.filter(({ fleet }) => fleets.includes(fleet));
    const base = { services: names(inside), fleets, per: "fleet" } as const;
    for (const [resource, of] of [
      ["memory", "memoryMiB"],
      ["cpu", "cpuMilli"],
    ] as const) {
      const need = inside.reduce((total, demand) => total + demand[of] * countOf(demand, vms), 0);
      const have = sum(usable, of);
      if (need > have) found.push({ ...base, resource, need, have });
    }
    if (found.length > 0) break;
  }
  return found;
}

/** A service with more tasks than its VMs can hold of it, after the agents. */
function tooMany({ vms, demands }: Part): Shortage[] {
  const found: Shortage[] = [];
  const room = new Room(vms);
  for (const agent of demands)
    if (agent.count === "everywhere") for (const vm of room.allowed(agent)) room.put(vm, agent);
  for (const demand of demands) {
    if (demand.count === "everywhere") continue;
    const usable = room.allowed(demand);
    const have = usable.reduce((total, vm) => total + room.holds(vm, demand), 0);
    if (have >= demand.count) continue;
    const capped = demand.perVm !== Infinity && usable.length * demand.perVm < demand.count;
    found.push({ ...common(demand), resource: capped ? "VMs" : "packing", need: demand.count, have, per: "fleet" });
  }
  return found;
}

const names = (demands: readonly Demand[]): string[] => demands.map(({ service }) => service);
const common = ({ service, fleets }: Demand): Pick<Shortage, "services" | "fleets"> => ({
  services: [service],
  fleets,
});

function sum<K extends string>(items: readonly Readonly<Record<K, number>>[], of: K): number {
  return items.reduce((total, item) => total + item[of], 0);
}

function countOf({ count, fleets }: Demand, vms: Part["vms"]): number {
  return count === "everywhere" ? vms.filter(({ fleet }) => fleets.includes(fleet)).length : count;
}
