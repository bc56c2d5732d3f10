import type { Demand } from "../../checks/placement/demand.js";
import { Room, type Part } from "../../checks/placement/vm-capacity.js";

/**
 * Swarm's scheduler as swarmkit has it (manager/scheduler: `scheduleNTasksOnSubtree`, `scheduleNTasksOnNodes`, `nodeLess`),
 * step by step and with its ties left to chance; the planner's own is another, shorter way to the same.
 * @param chance a number from 0 to 1 for each tie and order
 * @returns tasks that found no node
 */
export function runSwarmkit({ vms, demands }: Part, chance: () => number): number {
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, key: chance() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  const room = new Room(vms);
  let pending = 0;
  for (const demand of shuffled(demands)) {
    if (demand.count === "everywhere") {
      for (const vm of room.allowed(demand))
        if (room.takes(vm, demand)) room.put(vm, demand);
        else pending++;
    } else pending += demand.count - spreadOverZones(room, demand, demand.count, shuffled);
  }
  return pending;
}

type Shuffle = <T>(items: readonly T[]) => T[];

function spreadOverZones(room: Room, demand: Demand, n: number, shuffled: Shuffle): number {
  const branches = shuffled([...new Set(room.vms.map(({ zone }) => zone))]);
  const full = new Set<string>();
  let scheduled = 0;
  while (scheduled !== n && full.size !== branches.length) {
    const left = branches.length - full.size;
    const desired = Math.floor((n - scheduled) / left);
    let remainder = (n - scheduled) % left;
    for (const zone of branches) {
      if (full.has(zone) || (desired === 0 && remainder === 0)) continue;
      const wanted = desired + (remainder > 0 ? 1 : 0);
      const placed = onNodes(room, demand, wanted, zone, shuffled);
      if (placed < wanted) full.add(zone);
      else if (remainder > 0) remainder--;
      scheduled += placed;
    }
  }
  return scheduled;
}

function onNodes(room: Room, demand: Demand, n: number, zone: string, shuffled: Shuffle): number {
  const load = (vm: number): [number, number] => [room.count(vm, demand), room.tasks[vm]!];
  const less = (a: number, b: number): boolean => {
    const [[ownA, allA], [ownB, allB]] = [load(a), load(b)];
    return ownA === ownB ? allA < allB : ownA < ownB;
  };
  const usable = room.allowed(demand).filter((vm) => room.vms[vm]!.zone === zone && room.takes(vm, demand));
  const nodes = shuffled(usable).sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  if (nodes.length === 0) return 0;
  const failed = new Set<number>();
  let [iter, scheduled] = [0, 0];
  for (;;) {
    const node = nodes[iter % nodes.length]!;
    room.put(node, demand);
    if (++scheduled === n) return scheduled;
    if (iter + 1 >= nodes.length || less(nodes[(iter + 1) % nodes.length]!, node)) iter++;
    const start = iter;
    while (failed.has(iter % nodes.length) || !room.takes(nodes[iter % nodes.length]!, demand)) {
      failed.add(iter % nodes.length);
      if (++iter - start === nodes.length) return scheduled;
    }
  }
}
