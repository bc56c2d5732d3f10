import { CapacityPlan } from "../../checks/placement/capacity.js";
import { placementOf } from "../../checks/placement/headroom.js";
import type { Demand } from "../../checks/placement/demand.js";
import { Room } from "../../checks/placement/vm-capacity.js";
import { placeTasks } from "../../checks/placement/schedule.js";
import type { Model } from "../../model/schema.js";
import type { Moved } from "../schema.js";

/** Tasks by VM: a service's id once for each of its tasks there. */
export interface Placed {
  readonly vms: readonly {
    readonly id: string;
    readonly fleet: string;
    readonly zone: string;
    readonly tasks: readonly string[];
  }[];
  /** Tasks that find no VM, by service. */
  readonly pending: ReadonlyMap<string, number>;
}

/** Where the planner puts a model's tasks on empty VMs. */
export function placeAnew(model: Model): Placed {
  const vms: Placed["vms"][number][] = [];
  const pending = new Map<string, number>();
  for (const planned of new CapacityPlan(model).at("desired").parts) {
    const tasks = planned.part.vms.map((): string[] => []);
    for (const [service, on] of placementOf(planned)) for (const vm of on) tasks[vm]!.push(service);
    if (planned.outcome.kind !== "fits")
      for (const [service, count] of planned.outcome.best.pending) pending.set(service, count);
    planned.part.vms.forEach(({ id, fleet, zone }, index) =>
      vms.push({ id, fleet, zone, tasks: tasks[index]!.sort() }),
    );
  }
  return { vms, pending };
}

/**
 * Where tasks are after a change, as Swarm would leave them: what runs stays where it is as long as its VM is there and takes it;
 * what is too many ends; what is missing starts where the scheduler puts it.
 * @param rolled fleets whose VMs are replaced: nothing stays on these
 */
export function placeOnward(before: Placed, model: Model, rolled: ReadonlySet<string>): Placed {
  const old = new Map(before.vms.filter(({ fleet }) => !rolled.has(fleet)).map((vm) => [vm.id, vm]));
  const vms: Placed["vms"][number][] = [];
  const pending = new Map<string, number>();
  for (const { part } of new CapacityPlan(model).at("desired").parts) {
    const room = new Room(part.vms);
    const tasks = part.vms.map((): string[] => []);
    const put = (vm: number, demand: Demand): void => {
      room.put(vm, demand);
      tasks[vm]!.push(demand.service);
    };
    const missing = new Map<Demand, number>();
    for (const demand of part.demands) {
      const wanted = demand.count === "everywhere" ? room.allowed(demand).length : demand.count;
      let placed = 0;
      for (const vm of room.allowed(demand)) {
        const { id, zone } = part.vms[vm]!;
        const was = old.get(id);
        const here = was?.zone === zone ? was.tasks.filter((service) => service === demand.service).length : 0;
        for (let task = 0; task < here && placed < wanted && room.takes(vm, demand); task++, placed++) put(vm, demand);
      }
      missing.set(demand, wanted - placed);
    }
    for (const [demand, count] of missing) {
      if (demand.count === "everywhere") {
        const free = room
          .allowed(demand)
          .filter((vm) => !tasks[vm]!.includes(demand.service) && room.takes(vm, demand));
        for (const vm of free.slice(0, count)) put(vm, demand);
        if (free.length < count) pending.set(demand.service, count - free.length);
        continue;
      }
      const added = placeTasks(room, demand, count);
      for (const vm of added) tasks[vm]!.push(demand.service);
      if (added.length < count) pending.set(demand.service, count - added.length);
    }
    part.vms.forEach(({ id, fleet, zone }, index) => vms.push({ id, fleet, zone, tasks: tasks[index]!.sort() }));
  }
  return { vms, pending };
}

/**
 * Services whose tasks end on some VMs and start on others, in order.
 * @param rolled fleets whose VMs are replaced: which of the new ones takes which task is up to when each comes, so that all are `core/new`
 */
export function movesBetween(before: Placed, after: Placed, rolled: ReadonlySet<string>): Moved[] {
  const counts = new Map<string, Map<string, number>>();
  const add = ({ vms }: Placed, by: number, name: (vm: Placed["vms"][number]) => string): void => {
    for (const vm of vms)
      for (const service of vm.tasks) {
        const of = counts.get(service) ?? new Map<string, number>();
        counts.set(service, of);
        of.set(name(vm), (of.get(name(vm)) ?? 0) + by);
      }
  };
  add(before, -1, ({ id }) => id);
  add(after, 1, ({ id, fleet }) => (rolled.has(fleet) ? `${fleet}/new` : id));
  const services = [...new Set([...counts.keys(), ...after.pending.keys()])].sort();
  return services.flatMap((service): Moved[] => {
    const deltas = [...(counts.get(service) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const times = (sign: number): string[] =>
      deltas.flatMap(([vm, n]) => (n * sign > 0 ? Array.from({ length: Math.abs(n) }, () => vm) : []));
    const [from, to] = [times(-1), times(1)];
    const stranded = after.pending.get(service) ?? 0;
    return from.length + to.length + stranded > 0 ? [{ service, from, to, stranded }] : [];
  });
}
