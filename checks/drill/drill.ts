import type { Model, ServiceModel } from "../../model/schema.js";
import { CapacityPlan, type PlannedPart } from "../placement/capacity.js";
import { movesFirst } from "../placement/moves-first.js";
import { placementOf } from "../placement/headroom.js";
import { Standing } from "../placement/failure.js";
import { Room, type Placement } from "../placement/vm-capacity.js";
import { placeTasks } from "../placement/schedule.js";
import { drillManagers, FOUNDING_SECONDS, managersOf, type DrilledManagers } from "./managers.js";
import { describeScenario, drilledVms, isLost, type Loss, type Scenario } from "./scenario.js";

/** What becomes of a service in a drill. */
export interface DrilledService {
  readonly service: string;
  /** Tasks that run before and after; in between some may be missing. */
  readonly before: number;
  readonly after: number;
  /** Tasks that end here, and where they start anew; more of either where some are new, or find no VM. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Tasks that find no VM. */
  readonly stranded: number;
  /** Whether there is a time when none of its tasks runs. */
  readonly down: boolean;
  /**
   * How long it is short of tasks, in seconds, without the time that an image takes to be pulled; null: until there is room, or a
   * majority of managers.
   */
  readonly shortSeconds: number | null;
}

/** A VM in the picture of a drill. */
export interface DrilledVm {
  readonly vm: string;
  readonly fleet: string;
  readonly zone: string;
  readonly lost: boolean;
  /** Services of the tasks on it, one for each task. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What a drill came to. */
export interface Drill {
  readonly scenario: string;
  /** Whether all that must run still runs, or runs again by itself before long. */
  readonly holds: boolean;
  readonly managers: DrilledManagers;
  /** VMs that are lost, or replaced one after the other. */
  readonly lost: readonly string[];
  /** Services that something happens to. */
  readonly services: readonly DrilledService[];
  readonly vms: readonly DrilledVm[];
}

/** Seconds until Swarm takes a node for lost: three heartbeats of 5 s (swarmkit's dispatcher). */
const NOTICE = 15;
/** Seconds that a task without a health check takes to start: the delay of the restart policy. */
const START = 5;

/** Plays a scenario through, on the placement that the planner makes of the fleets' desired sizes. */
export function drill(model: Model, scenario: Scenario, capacity = new CapacityPlan(model)): Drill {
  const services = new Map(model.services.map((service) => [service.id, service]));
  const managers = drillManagers(model, scenario);
  const quorum = managers.quorum === "kept";
  const spares = (id: string): boolean =>
    scenario.kind === "roll" && scenario.abrupt !== true && quorum && movesFirst(services.get(id)!, model);
  const parts = capacity.at("desired").parts.map((part) => play(part, scenario, { quorum, spares }));
  const touched = parts.flatMap(({ moves }) => [...moves].map(([id, move]) => [id, move] as const));
  const told = touched.map(([id, move]) =>
    tell(services.get(id)!, move, { noticed: scenario.kind === "lose", spared: spares(id) }),
  );
  const all = managers.quorum === "founded-again" ? foundedAgain(model, told, capacity) : told;
  const vms = parts.flatMap((part) => part.vms);
  return {
    scenario: describeScenario(scenario),
    holds: managers.quorum !== "lost" && all.every(({ stranded }) => stranded === 0),
    managers,
    lost: [...new Set([...managers.lost, ...parts.flatMap(({ lost }) => lost)])],
    services: all.sort((a, b) => b.stranded - a.stranded || Number(b.down) - Number(a.down)),
    vms: [...lostManagers(model, managers, vms, scenario), ...vms],
  };
}

/** A swarm that is founded again has no task at first: all services start again, on whatever VMs are there. */
function foundedAgain(model: Model, told: readonly DrilledService[], capacity: CapacityPlan): DrilledService[] {
  const known = new Map(told.map((service) => [service.service, service]));
  const before = new Map(capacity.at("desired").parts.flatMap((part) => [...placementOf(part)]));
  return model.services.flatMap(({ id, replicas }): DrilledService[] => {
    if (replicas === 0) return [];
    const tasks = before.get(id)?.length ?? 0;
    const untouched = { service: id, before: tasks, after: tasks, from: [], to: [], stranded: 0 };
    const found = known.get(id) ?? { ...untouched, shortSeconds: FOUNDING_SECONDS };
    return [{ ...found, down: true }];
  });
}

/** Managers that are lost and run no tasks: the picture shows them too. */
function lostManagers(
  model: Model,
  { lost }: DrilledManagers,
  shown: readonly DrilledVm[],
  { kind }: Scenario,
): DrilledVm[] {
  if (lost.length === 0 || shown.some(({ vm }) => lost.includes(vm))) return [];
  return managersOf(model).map(({ id, fleet, zone }) => ({
    ...{ vm: id, fleet, zone, before: [], after: [] },
    lost: kind === "lose" && lost.includes(id),
  }));
}

/** Every single loss and rolling replacement there is: each zone, each VM, managers too, the spot share; the worst first. */
export function drillAll(model: Model): Drill[] {
  const capacity = new CapacityPlan(model);
  const vms = drilledVms(model);
  const losses: Loss[] = [
    ...model.platform.zones.map((zone): Loss => ({ of: "zone", zone })),
    ...vms.map(({ id }): Loss => ({ of: "vm", vm: id })),
    ...(vms.some(({ spot }) => spot) ? [{ of: "spot" } as const] : []),
  ];
  const scenarios: Scenario[] = [
    ...losses.map((loss): Scenario => ({ kind: "lose", losses: [loss] })),
    ...model.fleets.filter(({ size }) => size.desired > 0).map(({ id }): Scenario => ({ kind: "roll", fleet: id })),
  ];
  const cost = ({ services, managers }: Drill): number =>
    services.reduce((sum, { stranded, down }) => sum + stranded * 1_000 + (down ? 1 : 0), 0) +
    (managers.quorum === "kept" ? 0 : 1e9);
  return scenarios.map((scenario) => drill(model, scenario, capacity)).sort((a, b) => cost(b) - cost(a));
}

/** What happens to the tasks of a service; VMs by index in its part. */
interface Move {
  readonly before: number;
  after: number;
  readonly from: number[];
  readonly to: number[];
  stranded: number;
  down: boolean;
}

interface Played {
  readonly lost: readonly string[];
  readonly moves: ReadonlyMap<string, Move & { readonly names: { readonly from: string[]; readonly to: string[] } }>;
  readonly vms: readonly DrilledVm[];
}

/** What the managers do for tasks of VMs that end. */
interface Care {
  /** Whether tasks that end are placed again. */
  readonly quorum: boolean;
  /** Whether the tasks of a service start elsewhere before they end, where they find room. */
  readonly spares: (service: string) => boolean;
}

function play(planned: PlannedPart, scenario: Scenario, { quorum, spares }: Care): Played {
  const before = placementOf(planned);
  const { vms } = planned.part;
  const moves = new Map<string, Move>();
  const moveOf = (service: string): Move => {
    let move = moves.get(service);
    if (move === undefined)
      moves.set(
        service,
        (move = { before: before.get(service)?.length ?? 0, after: 0, from: [], to: [], stranded: 0, down: false }),
      );
    return move;
  };

  let after: Placement = before;
  const lost: number[] = [];
  const lose = (gone: readonly number[]): void => {
    const standing = new Standing(planned, after);
    const aftermath = quorum || scenario.kind === "roll" ? standing.lose(gone) : standing.strand(gone);
    const next = new Map([...after].map(([service, on]) => [service, on.filter((vm) => !gone.includes(vm))]));
    for (const [service, { from, to }] of aftermath.moved) {
      const move = moveOf(service);
      move.from.push(...from);
      move.to.push(...to);
      move.down ||= aftermath.down.includes(service) && !(spares(service) && to.length === from.length);
      next.set(
        service,
        [...(next.get(service) ?? []), ...to].sort((a, b) => a - b),
      );
    }
    for (const [service, count] of aftermath.stranded)
      moveOf(service).stranded = Math.max(moveOf(service).stranded, count);
    after = next;
    lost.push(...gone);
  };

  if (scenario.kind === "lose") {
    const gone = vms.flatMap((vm, index) => (isLost(scenario.losses, vm) ? [index] : []));
    if (gone.length > 0) lose(gone);
  } else if (scenario.kind === "roll") {
    for (const [index, vm] of vms.entries()) {
      if (vm.fleet !== scenario.fleet) continue;
      lose([index]);
      after = comeBack(planned, after);
    }
  } else after = scale(planned, scenario, before, moveOf);

  for (const [service, move] of moves) move.after = after.get(service)?.length ?? 0;
  const rolled = scenario.kind === "roll";
  const name = (vm: number): string => vms[vm]!.id;
  return {
    lost: lost.map(name),
    moves: new Map(
      [...moves].map(([id, move]) => [id, { ...move, names: { from: move.from.map(name), to: move.to.map(name) } }]),
    ),
    vms: vms.map(({ id, fleet, zone }, index) => ({
      vm: id,
      fleet,
      zone,
      lost: !rolled && lost.includes(index),
      before: tasksOn(before, index),
      after: tasksOn(after, index),
    })),
  };
}

/** The VM that replaces another gets what runs on every VM, and the tasks that found none; Swarm moves nothing back to it. */
function comeBack({ part }: PlannedPart, after: Placement): Placement {
  const everywhere = new Room(part.vms);
  const next = new Map(after);
  for (const demand of part.demands)
    if (demand.count === "everywhere") next.set(demand.service, everywhere.allowed(demand));
  const room = new Room(part.vms).fill(next, part.demands);
  for (const demand of part.demands) {
    const on = next.get(demand.service) ?? [];
    if (demand.count === "everywhere" || on.length >= demand.count) continue;
    const added = placeTasks(room, demand, demand.count - on.length);
    next.set(
      demand.service,
      [...on, ...added].sort((a, b) => a - b),
    );
  }
  return next;
}

function scale(
  planned: PlannedPart,
  { service, replicas }: Extract<Scenario, { kind: "scale" }>,
  before: Placement,
  moveOf: (service: string) => Move,
): Placement {
  const demand = planned.demands.get(service);
  if (demand === undefined) return before;
  const on = before.get(service) ?? [];
  const move = moveOf(service);
  if (replicas <= on.length) {
    move.from.push(...on.slice(replicas));
    return new Map([...before, [service, on.slice(0, replicas)]]);
  }
  const room = new Room(planned.part.vms).fill(before, planned.part.demands);
  const added = placeTasks(room, demand, replicas - on.length);
  move.to.push(...added);
  move.stranded = replicas - on.length - added.length;
  return new Map([...before, [service, [...on, ...added].sort((a, b) => a - b)]]);
}

const tasksOn = (placement: Placement, vm: number): string[] =>
  [...placement].flatMap(([service, on]) => on.filter((each) => each === vm).map(() => service)).sort();

function tell(
  service: ServiceModel,
  {
    before,
    stranded,
    down,
    names,
    ...move
  }: Move & { readonly names: { readonly from: string[]; readonly to: string[] } },
  { noticed, spared }: { readonly noticed: boolean; readonly spared: boolean },
): DrilledService {
  const start = service.health === null ? START : Math.ceil(service.health.intervalMs / 1_000);
  const short = move.from.length === 0 || spared ? 0 : start + (noticed ? NOTICE : 0);
  return {
    service: service.id,
    before,
    after: move.after,
    from: names.from,
    to: names.to,
    stranded,
    down,
    shortSeconds: stranded > 0 ? null : short,
  };
}
