import type { ServiceModel } from "../../model/schema.js";
import type { PlannedPart } from "../placement/capacity.js";
import { describeChanges, smallestChanges } from "../placement/change.js";
import type { Demand } from "../placement/demand.js";
import { standingOf } from "../placement/failure.js";
import type { Room } from "../placement/vm-capacity.js";
import { placeTasks } from "../placement/schedule.js";
import { Certainty } from "../placement/sufficient-capacity.js";
import { solve } from "../placement/solve.js";
import type { Rule } from "../rule.js";
import { amount, cpus, plural } from "../text.js";

export const roomToRoll: Rule = {
  code: "LF103",
  severity: "error",
  title: "a rolling update has room for old and new tasks",
  why: `With "start-first", Swarm starts the new tasks of a batch before it stops the old ones, so that both need room at once.
Where there is none, the new task stays pending and the update waits for ever, while the deploy looks as if it were under way.`,
  fix: `use rolling({ order: "stop-first" }), a smaller 'parallel', or give the fleet room`,
  *check({ capacity, services }) {
    for (const planned of capacity.at("desired").parts) {
      if (planned.outcome.kind !== "fits") continue;
      const certainty = new Certainty(planned.part.demands, planned.part.vms);
      const stuck = planned.part.demands.filter((demand) => {
        const service = services.get(demand.service);
        if (service?.rollout.order !== "start-first") return false;
        if (demand.count !== "everywhere" && certainty.finds(demand, batch(service))) return false;
        const room = standingOf(planned)?.room;
        return room !== undefined && !hasRoom(room, demand, service);
      });
      const [first] = stuck;
      if (first === undefined) continue;
      const own = capacity.fleetsOf(planned.part);
      const changes = smallestChanges(
        own,
        first.fleets,
        ({ size }) => size.desired,
        (vms) => stuck.every((demand) => solve({ vms, demands: doubled(planned, demand, services) }).kind === "fits"),
      );
      for (const demand of stuck)
        yield {
          at: { on: demand.service, detail: describe(demand, batch(services.get(demand.service)!)) },
          message: "there is no room to start its new tasks before the old ones stop",
          hint: `use rolling({ order: "stop-first" }), or ${describeChanges(changes)}`,
        };
    }
  },
};

/** Tasks that one step of an update starts. */
const batch = ({ rollout, replicas }: ServiceModel): number =>
  replicas === "everywhere" ? rollout.parallel : Math.min(rollout.parallel, replicas);

function hasRoom(room: Room, demand: Demand, service: ServiceModel): boolean {
  if (demand.count === "everywhere") {
    const { cpu, memory } = room;
    return room.allowed(demand).every((vm) => cpu[vm]! >= demand.cpuMilli && memory[vm]! >= demand.memoryMiB);
  }
  const placed = placeTasks(room, demand, batch(service));
  for (const vm of placed) room.take(vm, demand);
  return placed.length === batch(service);
}

/** The demands while one service is updated. */
function doubled(planned: PlannedPart, rolled: Demand, services: ReadonlyMap<string, ServiceModel>): Demand[] {
  return planned.part.demands.map((demand) => {
    if (demand !== rolled) return demand;
    if (demand.count !== "everywhere") return { ...demand, count: demand.count + batch(services.get(demand.service)!) };
    return { ...demand, cpuMilli: 2 * demand.cpuMilli, memoryMiB: 2 * demand.memoryMiB };
  });
}

const describe = ({ cpuMilli, memoryMiB }: Demand, tasks: number): string =>
  `${plural(tasks, "more task")} of ${cpus(cpuMilli)} CPUs and ${amount(memoryMiB)} MiB`;
