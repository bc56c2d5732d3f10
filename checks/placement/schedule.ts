import { spread } from "../../model/hash.js";
import type { Demand } from "./demand.js";
import type { Group, Ranks } from "./vm-index.js";
import type { Part, Placement } from "./vm-capacity.js";
import { Room } from "./vm-capacity.js";

/** What Swarm makes of demands in one order: tasks that found a VM, and how many of each service did not. */
export interface Schedule {
  readonly placement: Placement;
  /** Tasks without a VM, by service; empty where all fit. */
  readonly pending: ReadonlyMap<string, number>;
}

/**
 * Places tasks as Swarm's scheduler does (swarmkit, `scheduleNTasksOnSubtree` and `nodeLess`): service by service, spread
 * evenly over zones with room, and within a zone to the VM with the fewest tasks of that service, then the fewest of all.
 * It never looks ahead and never moves a task.
 * @param order the demands in the order in which the scheduler meets them, which nobody controls
 * @param salt decides the ties that swarmkit leaves to chance; without it, the first VM wins them
 */
export function schedule(vms: Part["vms"], order: readonly Demand[], salt?: string): Schedule {
  const room = new Room(vms, salt === undefined ? undefined : vms.map(({ id }) => spread(salt + id)));
  const placement = new Map<string, number[]>();
  const pending = new Map<string, number>();
  for (const demand of order) {
    const wanted = demand.count === "everywhere" ? room.allowed(demand).length : demand.count;
    const placed = demand.count === "everywhere" ? placeEverywhere(room, demand) : placeTasks(room, demand, wanted);
    placement.set(demand.service, placed);
    if (placed.length < wanted) pending.set(demand.service, wanted - placed.length);
  }
  return { placement, pending };
}

function placeEverywhere(room: Room, demand: Demand): number[] {
  const placed = room.allowed(demand).filter((vm) => room.takes(vm, demand));
  for (const vm of placed) room.put(vm, demand);
  return placed;
}

/** Puts up to `n` more tasks of a demand into a room. @returns the VM of each that found one, ascending */
export function placeTasks(room: Room, demand: Demand, n: number): number[] {
  const { ranks } = room;
  const groups = ranks.groupsOf(demand);
  const before = room.tasksOf(demand);
  ranks.inZone.fill(0);
  for (const group of groups) ranks.full[group.index] = 0;
  for (const vm of before) {
    ranks.inZone[ranks.zoneOf[vm]!]! += 1;
    ranks.countOwn(vm);
  }
  for (const vm of before) ranks.update(vm);

  const placed: number[] = [];
  for (let task = 0; task < n; task++) {
    const vm = choose(ranks, groups, demand);
    if (vm < 0) break;
    ranks.countOwn(vm);
    room.put(vm, demand);
    ranks.inZone[ranks.zoneOf[vm]!]! += 1;
    placed.push(vm);
  }
  for (const vm of room.tasksOf(demand)) ranks.setOwn(vm, 0);
  return placed.sort((a, b) => a - b);
}

/** The VM for one more task: in the zone with the fewest that has one. */
function choose(ranks: Ranks, groups: readonly Group[], demand: Demand): number {
  let best = -1;
  let bestZone = 0;
  let bestLoad = 0;
  let bestTie = 0;
  for (const group of groups) {
    const zone = ranks.inZone[group.zone]!;
    if (ranks.full[group.index] === 1 || (best >= 0 && zone > bestZone)) continue;
    const vm = ranks.best(group, demand);
    if (vm < 0) {
      ranks.full[group.index] = 1;
      continue;
    }
    const load = ranks.loadOf(vm);
    const tie = ranks.tieOf(vm);
    if (best >= 0 && (zone - bestZone || load - bestLoad || tie - bestTie) >= 0) continue;
    best = vm;
    bestZone = zone;
    bestLoad = load;
    bestTie = tie;
  }
  return best;
}
