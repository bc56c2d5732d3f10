import { byText } from "../../model/order.js";
import { spread } from "../../model/hash.js";
import type { Demand } from "./demand.js";
import type { Part } from "./vm-capacity.js";

/** How large a task is beside a VM of its part: the greater of its two shares. */
export function weigh({ vms }: Part): (demand: Demand) => number {
  const finite = (values: number[]): number => Math.max(1, ...values.filter(Number.isFinite));
  const cpu = finite(vms.map(({ cpuMilli }) => cpuMilli));
  const memory = finite(vms.map(({ memoryMiB }) => memoryMiB));
  return (demand) => Math.max(demand.cpuMilli / cpu, demand.memoryMiB / memory);
}

/** An order of demands, and what decides ties. */
export interface Order {
  readonly demands: readonly Demand[];
  readonly salt?: string;
}

/** Orders that are as good as random: fewer where there are so many tasks that each takes a while. */
const SHUFFLES = { least: 2, most: 24, tasks: 40_000 } as const;

/**
 * Orders in which the scheduler may meet the services. It takes them as they come, so that a model holds only where it holds
 * in each: by name, largest first, smallest first, agents last, and many that are as good as random, with ties decided anew.
 */
export function* orders(part: Part): Generator<Order> {
  const weight = weigh(part);
  const named = [...part.demands].sort((a, b) => byText(a.service, b.service));
  const agents = named.filter(({ count }) => count === "everywhere");
  const others = named.filter(({ count }) => count !== "everywhere");
  const falling = [...others].sort((a, b) => weight(b) - weight(a));
  yield { demands: [...agents, ...others] };
  yield { demands: [...agents, ...falling] };
  yield { demands: [...falling.toReversed(), ...agents] };
  yield { demands: [...others, ...agents] };
  const tasks = part.demands.reduce((all, { count }) => all + (count === "everywhere" ? part.vms.length : count), 0);
  const shuffles = Math.min(SHUFFLES.most, Math.max(SHUFFLES.least, Math.floor(SHUFFLES.tasks / (tasks + 1))));
  for (let turn = 0; turn < shuffles; turn++) {
    const salt = `${turn}:`;
    yield { demands: [...named].sort((a, b) => spread(salt + a.service) - spread(salt + b.service)), salt };
  }
}
