import type { PlannedPart } from "./capacity.js";
import { Room, type Placement } from "./room.js";
import { placeTasks } from "./schedule.js";
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
  private readonly room: Room;
  private readonly onVm: string[][];

  constructor(
    private readonly planned: PlannedPart,
    placement: Placement,
  ) {
    this.room = new Room(planned.part.vms).fill(placement, planned.part.demands);
    this.onVm = planned.part.vms.map(() => []);
    for (const [service, on] of placement) for (const vm of on) this.onVm[vm]!.push(service);
  }

  lose(isLost: (vm: Vm) => boolean): Aftermath {
    const { room } = this;
    const lost = room.vms.flatMap((vm, index) => (isLost(vm) ? [index] : []));
    const gone = this.tasksOn(lost);
    for (const [service, from] of gone) for (const vm of from) room.take(vm, this.demand(service));
    const kept = lost.map((vm) => [vm, room.cpu[vm]!] as const);
    for (const vm of lost) room.cpu[vm] = -1;

    const moved = new Map<string, { from: number[]; to: number[] }>();
    const stranded = new Map<string, number>();
    const down: string[] = [];
    for (const [service, from] of gone) {
      const demand = this.demand(service);
      if (demand.count === "everywhere") continue;
      if (from.length === demand.count) down.push(service);
      const to = placeTasks(room, demand, from.length);
      moved.set(service, { from, to });
      if (to.length < from.length) stranded.set(service, from.length - to.length);
    }

    for (const [service, { to }] of moved) for (const vm of to) room.take(vm, this.demand(service));
    for (const [vm, cpu] of kept) room.cpu[vm] = cpu;
    for (const [service, from] of gone) for (const vm of from) room.put(vm, this.demand(service));
    return { lost: lost.map((vm) => room.vms[vm]!), moved, stranded, down };
  }

  private tasksOn(vms: readonly number[]): Map<string, number[]> {
    const gone = new Map<string, number[]>();
    for (const vm of vms)
      for (const service of this.onVm[vm]!) {
        const list = gone.get(service);
        if (list === undefined) gone.set(service, [vm]);
        else list.push(vm);
      }
    return gone;
  }

  private demand(service: string) {
    return this.planned.demands.get(service)!;
  }
}

const standings = new WeakMap<PlannedPart, Standing>();

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
