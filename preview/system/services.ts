import type { Model, ServiceModel, VolumeModel } from "../../model/schema.js";
import { hostText } from "../references.js";
import type { Attribute, Change } from "../schema.js";
import type { ClusterSide } from "../side.js";
import {
  attribute,
  changedKeys,
  cpus,
  describeHealth,
  describePorts,
  describeRollout,
  entriesChanged,
  imageParts,
  keysChanged,
  lasting,
  mib,
  names,
  plural,
  same,
  show,
  span,
} from "../values.js";

/** Seconds until a task without a health check counts as started. */
const START = 5;

/** Tasks that a service is to have; those on every VM are counted by the VMs of its fleets. */
export function tasksOf(service: ServiceModel, model: Model): number {
  if (service.replicas !== "everywhere") return service.replicas;
  return model.fleets.filter(({ id }) => service.on.includes(id)).reduce((sum, { size }) => sum + size.desired, 0);
}

export const volumesOf = (service: ServiceModel, model: Model): VolumeModel[] =>
  model.volumes.filter(({ id }) => Object.values(service.volumes).includes(id));

export const isStateful = (service: ServiceModel): boolean => Object.keys(service.volumes).length > 0;

/** What becomes of services. */
export function serviceChanges(base: ClusterSide, head: ClusterSide): Change[] {
  const [before, after] = [byId(base.model.services), byId(head.model.services)];
  const gone = base.model.services.filter(({ id }) => !after.has(id));
  const fresh = head.model.services.filter(({ id }) => !before.has(id));
  const renamed = renames(gone, fresh);
  const changes: Change[] = [];
  for (const [from, to] of renamed) changes.push(rename(from, to, head.model));
  const [old, next] = [new Set([...renamed.keys()]), new Set([...renamed.values()])];
  for (const service of gone) if (!old.has(service)) changes.push(removed(service, base.model));
  for (const service of fresh) if (!next.has(service)) changes.push(added(service, head.model));
  for (const service of head.model.services) {
    const was = before.get(service.id);
    const change = was && changed(was, service, base, head);
    if (change !== undefined) changes.push(change);
  }
  return changes;
}

const byId = (services: readonly ServiceModel[]): Map<string, ServiceModel> =>
  new Map(services.map((service) => [service.id, service]));

/** Services that are gone and come again under another id, with nothing else changed. */
function renames(gone: readonly ServiceModel[], fresh: readonly ServiceModel[]): Map<ServiceModel, ServiceModel> {
  const left = [...fresh];
  const found = new Map<ServiceModel, ServiceModel>();
  for (const from of gone) {
    const index = left.findIndex((to) => same({ ...to, id: "" }, { ...from, id: "" }));
    const [to] = index < 0 ? [] : left.splice(index, 1);
    if (to !== undefined) found.set(from, to);
  }
  return found;
}

const subject = (id: string) => ({ id: `service:${id}`, kind: "service", what: `service ${id}` }) as const;

function rename(from: ServiceModel, to: ServiceModel, model: Model): Change {
  const lost = volumesOf(from, model);
  return {
    ...subject(to.id),
    action: "rename",
    weight: lost.length > 0 ? "danger" : "warning",
    stateful: isStateful(to),
    attributes: [{ name: "id", before: from.id, after: to.id }],
    why: [`the same but for its id, which was ${from.id}`],
    effect: [
      `${plural(tasksOf(to, model), "new task")} start, those of ${from.id} end; the name ${from.id} is gone`,
      ...(lost.length > 0 ? [`volumes stay, and are mounted by ${to.id}: two tasks may hold them at once`] : []),
    ],
    marks: ["renames"],
  };
}

function removed(service: ServiceModel, model: Model): Change {
  const stateful = isStateful(service);
  const users = model.services.filter(({ uses }) =>
    uses.some(({ to }) => "service" in to && to.service === service.id),
  );
  return {
    ...subject(service.id),
    action: "remove",
    weight: stateful ? "danger" : "warning",
    stateful,
    attributes: [],
    why: ["no longer in the program"],
    effect: [
      `${plural(tasksOf(service, model), "task")} end`,
      ...(stateful ? [`its data in ${names(volumesOf(service, model).map(({ id }) => id))} has no user any more`] : []),
      ...(users.length > 0 ? [`was used by ${names(users.map(({ id }) => id))}`] : []),
    ],
    marks: ["destroys", ...(stateful ? ["stateful"] : [])],
  };
}

function added(service: ServiceModel, model: Model): Change {
  const { version } = imageParts(service.image);
  return {
    ...subject(service.id),
    action: "add",
    weight: "plain",
    stateful: isStateful(service),
    attributes: [{ name: "image", before: null, after: show(service.image) }],
    why: ["new in the program"],
    effect: [
      `${plural(tasksOf(service, model), "task")}${version === "" ? "" : ` of ${version}`} on ${names(service.on)}, ${reserved(service)}`,
    ],
    marks: ["adds"],
  };
}

/** What each task has for itself. */
function reserved({ memoryMiB, cpuMilli }: ServiceModel): string {
  const parts = [memoryMiB > 0 ? mib(memoryMiB) : null, cpuMilli > 0 ? cpus(cpuMilli) : null].filter(Boolean);
  return parts.length > 0 ? `${parts.join(" and ")} each` : "nothing reserved for them";
}

function changed(was: ServiceModel, now: ServiceModel, base: ClusterSide, head: ClusterSide): Change | undefined {
  const attributes = attributesOf(was, now);
  const [before, after] = [template(base.bundle[now.id]), template(head.bundle[now.id])];
  const rolls = !same(before, after);
  if (attributes.length === 0 && !rolls) return undefined;
  const why = reasons(was, now, attributes, base.model);
  const own = attributes.filter(({ name }) => !name.startsWith("uses."));
  const tasks = tasksOf(now, head.model);
  const stateful = isStateful(now);
  const down = rolls && tasks > 0 && now.rollout.order === "stop-first" && tasks <= now.rollout.parallel;
  const stopped = now.replicas === 0 && was.replicas !== 0;
  return {
    ...subject(now.id),
    action: rolls ? (own.length > 0 ? "roll" : "restart") : "change",
    weight: stopped || (down && stateful) ? "danger" : down ? "warning" : "plain",
    stateful,
    attributes,
    why: why.length > 0 ? why : dragged(before, after),
    effect: [
      ...scaled(was, now, base.model, head.model),
      ...(rolls ? rolled(now, tasks, down) : ["no task is touched"]),
    ],
    marks: [...(rolls ? ["rolls"] : []), ...(down || stopped ? ["downtime"] : [])],
  };
}

/** What differs, by name. Environment, arguments, labels and files are named without their values. */
function attributesOf(was: ServiceModel, now: ServiceModel): Attribute[] {
  const texts = (value: unknown): string | null => (value === null || value === undefined ? null : "set");
  return [
    ...attribute("image", was.image, now.image),
    ...attribute("replicas", was.replicas, now.replicas),
    ...attribute("on", was.on, now.on),
    ...attribute("ports", was.ports, now.ports, (value) => (Array.isArray(value) ? describePorts(value) : null)),
    ...attribute("cpu", was.cpuMilli, now.cpuMilli, cpus),
    ...attribute("memory", was.memoryMiB, now.memoryMiB, mib),
    ...attribute("cpuLimit", was.cpuLimitMilli, now.cpuLimitMilli, cpus),
    ...attribute("memoryLimit", was.memoryLimitMiB, now.memoryLimitMiB, mib),
    ...attribute("pids", was.pids, now.pids),
    ...attribute("shm", was.shmMiB, now.shmMiB, mib),
    ...attribute("maxPerVm", was.maxPerVm, now.maxPerVm),
    ...attribute("platforms", was.platforms, now.platforms),
    ...keysChanged("env", was.env, now.env),
    ...attribute("args", was.args, now.args, texts),
    ...attribute("user", was.user, now.user),
    ...attribute("openFiles", was.openFiles, now.openFiles),
    ...entriesChanged("sysctl", was.sysctl, now.sysctl),
    ...(same(was.health, now.health)
      ? []
      : [{ name: "health", before: describeHealth(was.health), after: describeHealth(now.health) }]),
    ...(same(was.rollout, now.rollout)
      ? []
      : [{ name: "rollout", before: describeRollout(was.rollout), after: describeRollout(now.rollout) }]),
    ...attribute("stopGrace", was.stopGraceMs, now.stopGraceMs, span),
    ...keysChanged("secrets", was.secrets, now.secrets),
    ...entriesChanged("volumes", was.volumes, now.volumes),
    ...keysChanged("files", was.files, now.files),
    ...attribute("readOnly", was.readOnly, now.readOnly),
    ...attribute("capabilities", was.capabilities, now.capabilities),
    ...keysChanged("labels", was.labels, now.labels),
    ...entriesChanged("uses", edgesOf(was), edgesOf(now)),
  ];
}

const edgesOf = ({ uses }: ServiceModel): Record<string, string> =>
  Object.fromEntries(
    uses.map(({ as, to, port }) => [as, `${"service" in to ? to.service : hostText(to.host)}:${port}`] as const),
  );

function reasons(was: ServiceModel, now: ServiceModel, attributes: readonly Attribute[], base: Model): string[] {
  const why: string[] = [];
  const [from, to] = [imageParts(was.image), imageParts(now.image)];
  if (from.name === to.name && from.version !== to.version) why.push(`version ${from.version} -> ${to.version}`);
  const ports = new Map(base.services.map(({ id, ports: list }) => [id, list]));
  for (const edge of now.uses) {
    const old = was.uses.find(({ as }) => as === edge.as);
    if (old === undefined || same(old, edge) || !("service" in edge.to)) continue;
    const { service } = edge.to;
    if ("service" in old.to && old.to.service === service && old.port !== edge.port)
      why.push(`uses ${service}, whose port changed from ${old.port} to ${edge.port}`);
    else if (!ports.has(service)) why.push(`uses ${service}, which is new`);
  }
  const others = attributes.filter(({ name }) => name !== "image" || from.name !== to.name).map(({ name }) => name);
  const told = why.some((reason) => reason.startsWith("uses "))
    ? others.filter((name) => !name.startsWith("uses."))
    : others;
  if (told.length > 0) why.push(`${names(told)} changed`);
  return why;
}

function scaled(was: ServiceModel, now: ServiceModel, before: Model, after: Model): string[] {
  const [from, to] = [tasksOf(was, before), tasksOf(now, after)];
  if (from === to) return [];
  return [
    to > from
      ? `${plural(to - from, "task")} more`
      : to === 0
        ? "no task is left"
        : `${plural(from - to, "task")} fewer`,
  ];
}

function rolled(service: ServiceModel, tasks: number, down: boolean): string[] {
  const { parallel, order, pauseMs, onFailure } = service.rollout;
  const each = (service.health === null ? START : service.health.intervalMs / 1000) + pauseMs / 1000;
  const batches = Math.ceil(tasks / parallel);
  return [
    `${plural(tasks, "task")}, ${parallel} at a time, ${order}, ${lasting(batches * each)}; no VM is touched`,
    ...(down ? ["down until the new task runs"] : []),
    ...(onFailure === "pause" ? ["stops half way where the new version fails"] : []),
  ];
}

/** What Docker starts tasks anew for: all but their number, how they are rolled out, and labels of the service. */
function template(bundle: unknown): unknown {
  if (!isRecord(bundle)) return bundle;
  const { deploy, ...rest } = bundle;
  if (!isRecord(deploy)) return rest;
  const kept = Object.entries(deploy).filter(
    ([name]) => !["mode", "replicas", "update_config", "rollback_config", "labels", "placement"].includes(name),
  );
  return { ...rest, deploy: Object.fromEntries(kept) };
}

/** Why tasks start anew although nothing of the service itself changed. */
function dragged(before: unknown, after: unknown): string[] {
  if (!isRecord(before) || !isRecord(after)) return ["its container changed"];
  return changedKeys(before, after).map((key) =>
    key === "networks"
      ? "it joins or leaves networks, since edges between others changed"
      : key === "ports"
        ? "gateways reach it anew, or no longer"
        : `${key} of its container changed`,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
