import type { Model, ServiceModel, VolumeModel } from "../../model/schema.js";
import type { Change } from "../schema.js";
import { names, plural } from "../values.js";
import { change } from "./change.js";
import { handedOn } from "./node-volumes.js";
import { callersOf, callsFail } from "./gaps.js";
import { together, type Risk } from "./risk.js";
import { endOf, isStateful, subjectOf, tasksOf, volumesOf } from "./tasks.js";

/** A service that comes again under another id. */
export function renamed(from: ServiceModel, to: ServiceModel, base: Model, head: Model): Change {
  const volumes = volumesOf(from, base).map(({ id }) => ({ id, risk: handedOn(id, from, to, base, head) }));
  const kept = volumes.filter(({ risk }) => risk === undefined).map(({ id }) => id);
  const { effect, marks } = together(volumes.flatMap(({ risk }) => risk ?? []));
  const tasks = tasksOf(to, head);
  const before = callersOf(from.id, base);
  const callers = callersOf(to.id, head).filter((id) => before.includes(id));
  return change(subjectOf(to.id), "rename", {
    weight: kept.length + marks.length > 0 ? "danger" : "warning",
    stateful: isStateful(to),
    attributes: [{ name: "id", before: from.id, after: to.id }],
    why: [`renamed from ${from.id}`],
    effect: [
      ...effect,
      ...(kept.length > 0
        ? [`what is in ${names(kept)} stays, and is mounted by ${to.id}: two tasks may hold it at once`]
        : []),
      ...callsFail(callers, `with the name ${to.id}`),
      `${plural(tasks, "new task")} ${tasks === 1 ? "starts" : "start"}, those of ${from.id} end; the name ${from.id} is gone`,
    ],
    interrupts: [from.id, ...callers],
    marks: ["renames", "downtime", ...marks],
  });
}

/** A service that is gone, and what becomes of its data with those who mount its volumes. */
export function removed(service: ServiceModel, base: Model, head: Model): Change {
  const stateful = isStateful(service);
  const tasks = tasksOf(service, base);
  const users = callersOf(service.id, base);
  const { effect, marks } = together(volumesOf(service, base).map((volume) => left(volume, service, base, head)));
  return change(subjectOf(service.id), "remove", {
    weight: stateful ? "danger" : "warning",
    stateful,
    effect: [...effect, endOf(tasks), ...(users.length > 0 ? [`was used by ${names(users)}`] : [])],
    interrupts: [service.id],
    marks: ["destroys", "downtime", ...(stateful ? ["stateful"] : []), ...marks],
  });
}

/** Who has a volume of a service that is gone, and what of its data. */
function left({ id, kind }: VolumeModel, service: ServiceModel, base: Model, head: Model): Risk {
  const mounts = ({ volumes }: ServiceModel): boolean => Object.values(volumes).includes(id);
  const before = new Set(base.services.filter(mounts).map((one) => one.id));
  const users = head.services.filter(mounts);
  const heirs = users.filter((user) => !before.has(user.id));
  const lost = heirs.flatMap((heir) => handedOn(id, service, heir, base, head) ?? []);
  if (lost.length > 0) return together(lost);
  if (heirs.length > 0) return { effect: [`its data in ${id} is mounted by ${namesOf(heirs)}`], marks: [] };
  const near = users.filter(({ on }) => kind === "shared" || on.some((fleet) => service.on.includes(fleet)));
  const text = near.length > 0 ? `is left to ${namesOf(near)}` : "has no user any more";
  return { effect: [`its data in ${id} ${text}`], marks: [] };
}

const namesOf = (services: readonly ServiceModel[]): string => names(services.map(({ id }) => id));
