import { drill } from "../../checks/drill/drill.js";
import { quorumOf } from "../../checks/drill/managers.js";
import type { CapacityPlan } from "../../checks/placement/capacity.js";
import { movesFirst } from "../../checks/placement/moves-first.js";
import { taskFleets, vmsOf } from "../../checks/placement/vms.js";
import type { FleetModel, Model } from "../../model/schema.js";
import { names, plural } from "../values.js";
import { boundsEffect } from "./sizes.js";

/** Volumes that lie on a fleet's VMs. */
export function nodeVolumes(fleet: FleetModel, model: Model): string[] {
  const mounted = new Set(
    model.services.filter(({ on }) => on.includes(fleet.id)).flatMap(({ volumes }) => Object.values(volumes)),
  );
  return model.volumes.filter(({ id, kind }) => kind === "node" && mounted.has(id)).map(({ id }) => id);
}

/** What there was, and how its tasks were placed. */
export interface Before {
  readonly base: Model;
  /** Made where it is asked for, and once: it takes time. */
  readonly before: () => CapacityPlan;
}

export interface Departure {
  readonly effect: string[];
  /** Volumes whose data may be on VMs that end. */
  readonly held: readonly string[];
  /** Services that are down for a while. */
  readonly down: readonly string[];
  /** Whether somebody has to lend a hand. */
  readonly stuck: boolean;
}

/** What follows where a fleet's VMs are not replaced, but some end: it gets smaller, or has other zones. */
export function departures(was: FleetModel, now: FleetModel, { base, before: capacity }: Before): Departure {
  const [before, after] = [spread(was), spread(now)];
  const lost = was.zones.filter((zone) => !now.zones.includes(zone));
  const fewer = was.size.desired - now.size.desired;
  const zones = [...new Set([...before.keys(), ...after.keys()])].sort();
  const count = (zone: string): number => (before.get(zone) ?? 0) - (after.get(zone) ?? 0);
  const ending = zones.filter((zone) => count(zone) > 0);
  const starting = zones.filter((zone) => count(zone) < 0);
  if (now.role === "control") {
    const there = lost.filter((zone) => (before.get(zone) ?? 0) > 0);
    return {
      effect: managerEffects(was, now, there),
      held: fewer > 0 ? nodeVolumes(was, base) : [],
      down: [],
      stuck: there.length > 0,
    };
  }
  const moves = zones.length > 0 && ending.length > 0 && (lost.length > 0 || starting.length > 0);
  const bounds = boundsEffect(was, now);
  const effect = bounds.length > 0 ? [...bounds] : sizeEffect(fewer);
  if (moves) {
    const at = (list: readonly string[]): string =>
      list.map((zone) => `${Math.abs(count(zone))} in ${zone}`).join(", ");
    const from = `VMs end: ${at(ending)}`;
    effect.push(starting.length > 0 ? `${from}; VMs start: ${at(starting)}` : from);
    effect.push("tasks on those that end start anew elsewhere");
  }
  const ends = ending.length > 0;
  return {
    effect,
    held: ends ? nodeVolumes(was, base) : [],
    stuck: false,
    down:
      ends && taskFleets(base).some(({ id }) => id === was.id) ? downWithout(ended(was, count), base, capacity()) : [],
  };
}

function sizeEffect(fewer: number): string[] {
  if (fewer === 0) return [];
  return [fewer < 0 ? `${plural(-fewer, "VM")} more` : `${plural(fewer, "VM")} fewer: their tasks move`];
}

/**
 * A group of managers is not rebalanced: its AZRebalance is suspended (EC2 Auto Scaling guide, "suspending processes").
 * @param there zones that it has no more, with managers in them
 */
function managerEffects(was: FleetModel, now: FleetModel, there: readonly string[]): string[] {
  const more = now.size.desired - was.size.desired;
  const text = `${plural(Math.abs(more), "manager")} ${more > 0 ? "more" : "fewer"}`;
  return [
    ...(more === 0 ? [] : [`${text}; quorum is then ${quorumOf(now.size.desired)} of ${now.size.desired}`]),
    ...(there.length > 0
      ? [
          `their group moves no manager by itself: end those in ${names(there)} one at a time, or its subnets cannot be deleted`,
        ]
      : []),
    ...(more === 0 && there.length === 0 && now.zones.some((zone) => !was.zones.includes(zone))
      ? ["managers stay where they are; new ones may start in the new zones"]
      : []),
  ];
}

/** The VMs that end: the newest of each zone, as far as anybody can tell. */
const ended = (fleet: FleetModel, count: (zone: string) => number): string[] =>
  fleet.zones.flatMap((zone) => {
    const here = vmsOf(fleet, fleet.size.desired).filter((vm) => vm.zone === zone);
    return here.slice(Math.max(0, here.length - Math.max(0, count(zone)))).map(({ id }) => id);
  });

/** Services that are down for a while when these VMs end: all that are not moved before. */
function downWithout(vms: readonly string[], base: Model, capacity: CapacityPlan): string[] {
  const { services } = drill(base, { kind: "lose", losses: vms.map((vm) => ({ of: "vm", vm })) }, capacity);
  const moving = new Set(base.services.filter((service) => movesFirst(service, base)).map(({ id }) => id));
  return services
    .filter(({ service, down, stranded }) => down && !(moving.has(service) && stranded === 0))
    .map(({ service }) => service);
}

/** How many VMs of a fleet stand in each zone, as its group spreads them. */
function spread(fleet: FleetModel): Map<string, number> {
  const found = new Map<string, number>();
  for (const { zone } of vmsOf(fleet, fleet.size.desired)) found.set(zone, (found.get(zone) ?? 0) + 1);
  return found;
}
