import type { PlannedPart } from "./capacity.js";
import type { Demand } from "./demand.js";
import { Room, type Placement } from "./vm-capacity.js";
import { placeTasks } from "./schedule.js";
import { Certainty } from "./sufficient-capacity.js";
import type { Vm } from "./vms.js";

/** What follows from VMs being lost: Swarm starts their tasks anew where there is room, and moves nothing else. */
export interface Aftermath {
  readonly lost: readonly Vm[];
  /** Tasks that start anew elsewhere, by service: indices of VMs. */
  readonly moved: ReadonlyMap<string, { readonly from: readonly number[]; readonly to: readonly number[] }>;
  /** Tasks that find no VM, by service. */
  readonly stranded: ReadonlyMap<string, number>;
  /** Services that had tasks, and none outside of what is lost: they are down until one starts anew. */
  readonly down: readonly string[];
}

/** A part as it stands, on which losses are tried one after the other; each leaves it as it was. */
export class Standing {
  /** The tasks where they are; whoever tries something on it leaves it as it was. */
  readonly room: Room;
  private readonly onVm: Demand[][];

  constructor(planned: PlannedPart, placement: Placement) {
    this.room = new Room(planned.part.vms).fill(placement, planned.part.demands);
    this.onVm = planned.part.vms.map(() => []);
    for (const demand of planned.part.demands)
      for (const vm of placement.get(demand.service) ?? []) this.onVm[vm]!.push(demand);
  }

  /** What follows from all VMs being lost of which something is so. */
  loseAll(isLost: (vm: Vm) => boolean): Aftermath {
    return this.lose(this.room.vms.flatMap((vm, index) => (isLost(vm) ? [index] : [])));
  }

  /** What follows from VMs being lost, by their indices. */
  lose(lost: readonly number[]): Aftermath {
    const { room } = this;
    const gone = this.tasksOn(lost);
    for (const [demand, from] of gone) for (const vm of from) room.take(vm, demand);
    const reopen = lost.map((vm) => room.close(vm));

    const moved = new Map<string, { from: number[]; to: number[] }>();
    const stranded = new Map<string, number>();
    const down: string[] = [];
    for (const [demand, from] of gone) {
      const { service, count } = demand;
      if (count === "everywhere") continue;
      if (from.length === count) down.push(service);
      const to = placeTasks(room, demand, from.length);
      moved.set(service, { from, to });
      if (to.length < from.length) stranded.set(service, from.length - to.length);
    }

    for (const [demand] of gone) for (const vm of moved.get(demand.service)?.to ?? []) room.take(vm, demand);
    for (const open of reopen) open();
    for (const [demand, from] of gone) for (const vm of from) room.put(vm, demand);
    return { lost: lost.map((vm) => room.vms[vm]!), moved, stranded, down };
  }

  /** What follows where nothing is placed again, since no majority of managers is there. */
  strand(lost: readonly number[]): Aftermath {
    const moved = new Map<string, { from: number[]; to: number[] }>();
    const stranded = new Map<string, number>();
    const down: string[] = [];
    for (const [{ service, count }, from] of this.tasksOn(lost)) {
      if (count === "everywhere") continue;
      if (from.length === count) down.push(service);
      moved.set(service, { from, to: [] });
      stranded.set(service, from.length);
    }
    return { lost: lost.map((vm) => this.room.vms[vm]!), moved, stranded, down };
  }

  private tasksOn(vms: readonly number[]): Map<Demand, number[]> {
    const gone = new Map<Demand, number[]>();
    for (const vm of vms)
      for (const demand of this.onVm[vm]!) {
        const list = gone.get(demand);
        if (list === undefined) gone.set(demand, [vm]);
        else list.push(vm);
      }
    return gone;
  }
}

const standings = new WeakMap<PlannedPart, Standing>();

/**
 * Whether it is certain that all tasks find a VM again when some VMs are lost, wherever the tasks are. `false` proves nothing:
 * then the loss is to be tried.
 */
export function bearsLoss({ part: { demands, vms } }: PlannedPart, isLost: (vm: Vm) => boolean): boolean {
  const left = new Certainty(
    demands,
    vms.filter((vm) => !isLost(vm)),
  );
  return demands.every((demand) => demand.count === "everywhere" || left.finds(demand));
}

/** A part as it stands by its plan; undefined where its tasks do not fit. Made once. */
export function standingOf(planned: PlannedPart): Standing | undefined {
  if (planned.outcome.kind !== "fits") return undefined;
  let standing = standings.get(planned);
  if (standing === undefined) standings.set(planned, (standing = new Standing(planned, planned.outcome.placement)));
  return standing;
}

/** Tasks that find no VM after a loss. */
export const strandedTasks = ({ stranded }: Aftermath): number =>
  [...stranded.values()].reduce((sum, count) => sum + count, 0);
