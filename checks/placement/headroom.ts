import type { CapacityPlan, PlannedPart } from "./capacity.js";
import type { Placement } from "./vm-capacity.js";
import { SIZES, vmsOf, type SizeName, type Vm } from "./vms.js";

/** What tasks reserve of what there is for them. */
export interface Share {
  readonly used: number;
  readonly total: number;
}

/** How full a fleet is at one of its sizes. */
export interface FleetHeadroom {
  readonly fleet: string;
  readonly size: SizeName;
  readonly vms: number;
  readonly tasks: number;
  /** In thousandths of a CPU. */
  readonly cpu: Share;
  /** In MiB. */
  readonly memory: Share;
  /** The fullest VM, by the greater of its two shares; null where the fleet has none. */
  readonly worst: { readonly vm: string; readonly cpu: Share; readonly memory: Share } | null;
  /** Whether all tasks of the fleet's services fit. */
  readonly fits: boolean;
}

/** How full each fleet is, at each of its sizes; a size that equals the one before is left out. */
export function headroom(capacity: CapacityPlan): FleetHeadroom[] {
  return capacity.fleets.flatMap((fleet) =>
    SIZES.filter((size, index) => index === 0 || fleet.size[size] !== fleet.size[SIZES[index - 1] ?? "min"]).map(
      (size): FleetHeadroom => {
        const planned = capacity.at(size).partOf.get(fleet.id);
        const loads =
          planned === undefined
            ? vmsOf(fleet, fleet.size[size]).map((vm) => ({ vm, cpu: 0, memory: 0, tasks: 0 }))
            : loadsOf(planned).filter(({ vm }) => vm.fleet === fleet.id);
        const sum = (of: (load: Load) => number): number => loads.reduce((total, load) => total + of(load), 0);
        return {
          fleet: fleet.id,
          size,
          vms: loads.length,
          tasks: sum(({ tasks }) => tasks),
          cpu: { used: sum(({ cpu }) => cpu), total: sum(({ vm }) => vm.cpuMilli) },
          memory: { used: sum(({ memory }) => memory), total: sum(({ vm }) => vm.memoryMiB) },
          worst: worstOf(loads),
          fits: planned === undefined || planned.outcome.kind === "fits",
        };
      },
    ),
  );
}

interface Load {
  readonly vm: Vm;
  readonly cpu: number;
  readonly memory: number;
  readonly tasks: number;
}

/** Where a part's tasks are, as far as they found a VM. */
export function placementOf({ outcome }: PlannedPart): Placement {
  return outcome.kind === "fits" ? outcome.placement : outcome.best.placement;
}

const cache = new WeakMap<PlannedPart, Load[]>();

function loadsOf(planned: PlannedPart): Load[] {
  const known = cache.get(planned);
  if (known !== undefined) return known;
  const loads = planned.part.vms.map((vm) => ({ vm, cpu: 0, memory: 0, tasks: 0 }));
  for (const [service, on] of placementOf(planned)) {
    const demand = planned.demands.get(service);
    if (demand === undefined) continue;
    for (const vm of on) {
      const load = loads[vm]!;
      load.cpu += demand.cpuMilli;
      load.memory += demand.memoryMiB;
      load.tasks++;
    }
  }
  cache.set(planned, loads);
  return loads;
}

function worstOf(loads: readonly Load[]): FleetHeadroom["worst"] {
  const share = ({ vm, cpu, memory }: Load): number => Math.max(cpu / vm.cpuMilli, memory / vm.memoryMiB) || 0;
  const [first, ...rest] = loads;
  if (first === undefined) return null;
  const worst = rest.reduce((a, b) => (share(b) > share(a) ? b : a), first);
  const { vm, cpu, memory } = worst;
  return { vm: vm.id, cpu: { used: cpu, total: vm.cpuMilli }, memory: { used: memory, total: vm.memoryMiB } };
}
