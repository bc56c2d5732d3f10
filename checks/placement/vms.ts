import { findMachine, type Machine } from "../../model/machines.js";
import type { FleetModel, Model } from "../../model/schema.js";
import { OVERHEAD } from "./overhead.js";

/** A VM as the planner sees it. */
export interface Vm {
  /** Fleet and number from 1, as in `core/3`. */
  readonly id: string;
  readonly fleet: string;
  readonly zone: string;
  readonly spot: boolean;
  /** What it has for tasks, after {@link OVERHEAD}; infinite where the machine type is not in the catalog. */
  readonly cpuMilli: number;
  readonly memoryMiB: number;
}

/** The sizes that a fleet has by itself. */
export const SIZES = ["min", "desired", "max"] as const;
export type SizeName = (typeof SIZES)[number];

/** How many VMs a fleet has in the case that is looked at. */
export type SizeOf = (fleet: FleetModel) => number;

const known = new Map<string, Machine | undefined>();

function machineOf(type: string): Machine | undefined {
  if (!known.has(type)) known.set(type, findMachine(type));
  return known.get(type);
}

/** What one VM of a machine type has for tasks. */
export function capacityOf(machine: string, role: FleetModel["role"]): { cpuMilli: number; memoryMiB: number } {
  const found = machineOf(machine);
  if (found === undefined) return { cpuMilli: Infinity, memoryMiB: Infinity };
  const manager = role === "control";
  const memory = Math.floor(found.memoryMiB * (1 - OVERHEAD.kernelShare)) - OVERHEAD.nodeMiB;
  return {
    cpuMilli: found.vcpus * 1000 - OVERHEAD.nodeCpuMilli - (manager ? OVERHEAD.managerCpuMilli : 0),
    memoryMiB: Math.max(0, memory - (manager ? OVERHEAD.managerMiB : 0)),
  };
}

/** The fleets whose VMs run tasks: all but managers that are kept for managing. */
export const taskFleets = ({ fleets, control }: Model): FleetModel[] =>
  fleets.filter(({ role }) => role === "worker" || control.runsServices);

/** VMs of a fleet, dealt to its zones in turn as an autoscaling group balances them; the spot share comes last. */
export function vmsOf(fleet: FleetModel, size: number): Vm[] {
  const capacity = capacityOf(fleet.machine, fleet.role);
  const bought = onDemandOf(fleet, size);
  return Array.from({ length: size }, (_, index) => ({
    id: `${fleet.id}/${index + 1}`,
    fleet: fleet.id,
    zone: fleet.zones[index % fleet.zones.length] ?? "",
    spot: index >= bought,
    ...capacity,
  }));
}

/** VMs that are not bought on the spot market: autoscaling groups round the on-demand share up (EC2 Auto Scaling guide). */
export function onDemandOf({ spot }: FleetModel, size: number): number {
  return Math.ceil((size * Math.round((1 - spot) * 100)) / 100);
}
