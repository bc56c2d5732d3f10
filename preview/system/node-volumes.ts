import { localVolume } from "../../checks/rules/local-volume.js";
import { acknowledgementOf } from "../../model/suppression.js";
import type { Model, ServiceModel } from "../../model/schema.js";
import { names } from "../values.js";
import { noRisk, type Risk } from "./risk.js";
import { tasksOf, volumesOf } from "./tasks.js";

/** Whether it is taken as it is that files of one VM are lost where a task moves. */
const accepts = ({ id }: ServiceModel, { acknowledged }: Model): boolean =>
  acknowledgementOf(acknowledged, localVolume.code, id) !== undefined;

/** Whether tasks that start anew find what was there: each VM has its own, or there is but one. */
function staysPut({ replicas, on }: ServiceModel, { fleets }: Model): boolean {
  const most = fleets.filter(({ id }) => on.includes(id)).reduce((sum, { size }) => sum + size.max, 0);
  return replicas === "everywhere" || most <= 1;
}

const onDisks = (service: ServiceModel, model: Model): string[] =>
  volumesOf(service, model)
    .filter(({ kind }) => kind === "node")
    .map(({ id }) => id);

/** What follows for data on VMs where tasks start anew on the same fleets, or others of them run: Swarm puts them where it likes. */
export function scattered(was: ServiceModel, now: ServiceModel, base: Model, head: Model, starts: boolean): Risk {
  const before = onDisks(was, base);
  const held = onDisks(now, head).filter((id) => before.includes(id));
  if (held.length === 0 || staysPut(now, head)) return noRisk;
  const [from, to] = [tasksOf(was, base), tasksOf(now, head)];
  const lost = [
    ...(starts && was.replicas !== "everywhere" && Math.min(from, to) > 0
      ? [`may start on another VM, with none of its data in ${names(held)}`]
      : []),
    ...(to < from ? [`what tasks that end have in ${names(held)} stays on their VMs`] : []),
  ];
  return {
    effect: [...lost, ...(to > from ? [`new tasks may start with nothing in ${names(held)}`] : [])],
    marks: lost.length > 0 && !accepts(now, head) ? ["may-lose-data"] : [],
  };
}

/** What is lost of a volume's data for a service that mounts it in the place of another; undefined where it finds all of it. */
export function handedOn(
  volume: string,
  from: ServiceModel,
  to: ServiceModel,
  base: Model,
  head: Model,
): Risk | undefined {
  if (!onDisks(from, base).includes(volume) || !onDisks(to, head).includes(volume)) return undefined;
  const behind = from.on.filter((id) => !to.on.includes(id));
  if (behind.length > 0)
    return {
      effect: [`DATA LOSS: the data of ${volume} stays on the VMs of ${names(behind)}: ${to.id} starts with none`],
      marks: ["data-loss"],
    };
  if (staysPut(to, head)) return undefined;
  return {
    effect: [`${to.id} may start on another VM, with none of the data in ${volume}`],
    marks: accepts(to, head) ? [] : ["may-lose-data"],
  };
}
