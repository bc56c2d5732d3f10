import { spread } from "../../model/hash.js";
import type { Demand } from "./demand.js";
import type { Part, Placement } from "./room.js";
import { Room } from "./room.js";

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
  const room = new Room(vms);
  const ranks = salt === undefined ? undefined : vms.map(({ id }) => spread(salt + id));
  const placement = new Map<string, number[]>();
  const pending = new Map<string, number>();
  for (const demand of order) {
    const wanted = demand.count === "everywhere" ? room.allowed(demand).length : demand.count;
    const placed =
      demand.count === "everywhere" ? placeEverywhere(room, demand) : placeTasks(room, demand, wanted, ranks);
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
export function placeTasks(room: Room, demand: Demand, n: number, ranks?: readonly number[]): number[] {
  const placed: number[] = [];
  const inZone = new Map<string, number>();
  for (const vm of room.allowed(demand)) {
    const { zone } = room.vms[vm]!;
    inZone.set(zone, (inZone.get(zone) ?? 0) + room.count(vm, demand));
  }
  for (let task = 0; task < n; task++) {
    const vm = choose(room, demand, inZone, ranks);
    if (vm === undefined) break;
    room.put(vm, demand);
    const { zone } = room.vms[vm]!;
    inZone.set(zone, (inZone.get(zone) ?? 0) + 1);
    placed.push(vm);
  }
  return placed.sort((a, b) => a - b);
}

function choose(
  room: Room,
  demand: Demand,
  inZone: ReadonlyMap<string, number>,
  ranks: readonly number[] | undefined,
): number | undefined {
  let best: number | undefined;
  let [bestZone, bestOwn, bestAll, bestRank] = [0, 0, 0, 0];
  for (const vm of room.allowed(demand)) {
    const zone = inZone.get(room.vms[vm]!.zone) ?? 0;
    if ((best !== undefined && zone > bestZone) || !room.takes(vm, demand)) continue;
    const own = room.count(vm, demand);
    const all = room.tasks[vm]!;
    const rank = ranks === undefined ? vm : ranks[vm]!;
    const order = zone - bestZone || own - bestOwn || all - bestAll || rank - bestRank;
    if (best !== undefined && order >= 0) continue;
    [best, bestZone, bestOwn, bestAll, bestRank] = [vm, zone, own, all, rank];
  }
  return best;
}
