import { edgeName } from "../../model/edges.js";
import type { Model, ServiceModel, VolumeModel } from "../../model/schema.js";
import { hostText } from "../references.js";
import type { Attribute, Change } from "../schema.js";
import type { ClusterSide } from "../snapshot.js";
import {
  attribute,
  cpus,
  describeHealth,
  describePorts,
  describeRollout,
  entriesChanged,
  imageParts,
  keysChanged,
  mib,
  names,
  plural,
  same,
  show,
  span,
} from "../values.js";
import { change } from "./change.js";
import { containerAttributes } from "./container-attributes.js";
import { NetworkMoves } from "./networks.js";
import { dragged, template } from "./restarts.js";
import { fateOf } from "./service-impact.js";
import { removed, renamed } from "./removed-services.js";
import { renamesOf } from "./renames.js";
import { isStateful, subjectOf, tasksOf, volumesOf } from "./tasks.js";

/**
 * What becomes of services.
 * @param lost fleets of which it is told that the data on their VMs is lost
 */
export function serviceChanges(base: ClusterSide, head: ClusterSide, lost: ReadonlySet<string>): Change[] {
  const [before, after] = [byId(base.model.services), byId(head.model.services)];
  const renames = renamesOf(base.model, head.model);
  const networks = new NetworkMoves(base.model, head.model);
  const fresh = new Set(renames.values());
  const changes = [...renames].map(([from, to]) => renamed(from, to, base.model, head.model));
  for (const service of base.model.services)
    if (!after.has(service.id) && !renames.has(service)) changes.push(removed(service, base.model, head.model));
  for (const service of head.model.services) {
    const was = before.get(service.id);
    if (was === undefined && !fresh.has(service)) changes.push(added(service, head.model));
    const change = was && changed(was, service, { base, head, lost, networks });
    if (change !== undefined) changes.push(change);
  }
  return changes;
}

const byId = (services: readonly ServiceModel[]): Map<string, ServiceModel> =>
  new Map(services.map((service) => [service.id, service]));

function added(service: ServiceModel, model: Model): Change {
  const { version } = imageParts(service.image);
  return change(subjectOf(service.id), "add", {
    stateful: isStateful(service),
    attributes: [{ name: "image", before: null, after: show(service.image) }],
    effect: [
      `${plural(tasksOf(service, model), "task")}${version === "" ? "" : ` of ${version}`} on ${names(service.on)}, ${reserved(service)}`,
    ],
  });
}

/** What each task has for itself. */
function reserved({ memoryMiB, cpuMilli }: ServiceModel): string {
  const parts = [memoryMiB > 0 ? mib(memoryMiB) : null, cpuMilli > 0 ? cpus(cpuMilli) : null].filter(Boolean);
  return parts.length > 0 ? `${parts.join(" and ")} each` : "nothing reserved for them";
}

/** What is around a service, before and after. */
interface Around {
  readonly base: ClusterSide;
  readonly head: ClusterSide;
  readonly lost: ReadonlySet<string>;
  readonly networks: NetworkMoves;
}

function changed(was: ServiceModel, now: ServiceModel, { base, head, lost, networks }: Around): Change | undefined {
  const attributes = attributesOf(was, now);
  const [before, after] = [template(base.bundle[now.id]), template(head.bundle[now.id])];
  const volumes = otherKinds(now, base.model, head.model);
  // A file is a config of the swarm, and another content another config: the path alone does not show it.
  const rolls =
    !same(before, after) || volumes.length > 0 || !same([was.files, was.binaryFiles], [now.files, now.binaryFiles]);
  if (attributes.length === 0 && !rolls) return undefined;
  // What only the program and its checks know, as a port's name, reaches no swarm.
  const released = rolls || !same(base.bundle[now.id], head.bundle[now.id]);
  const why = [
    ...reasons(was, now, attributes, base.model),
    ...volumes.map(({ id, kind }) => `volume ${id} becomes ${kind === "shared" ? "a shared one" : "one of each VM"}`),
  ];
  const moved = networks.reasons(now.id);
  const own = attributes.filter(({ name }) => !name.startsWith("uses.")).length + volumes.length;
  const told = now.on.some((fleet) => lost.has(fleet));
  const fate = fateOf(was, now, base.model, head.model, { rolls, told, networkGap: networks.gap(now.id) });
  return change(subjectOf(now.id), fate.starts ? (own > 0 ? "roll" : "restart") : "change", {
    weight: fate.weight,
    stateful: isStateful(now) || isStateful(was),
    attributes,
    why: why.length > 0 ? [...why, ...moved] : dragged(before, after, moved),
    effect: fate.effect,
    interrupts: fate.callers,
    marks: released || fate.starts ? fate.marks : [...fate.marks, "unreleased"],
  });
}

/** Volumes of a service that become another kind. */
const otherKinds = (service: ServiceModel, base: Model, head: Model): VolumeModel[] =>
  volumesOf(service, head).filter(({ id, kind }) => base.volumes.some((one) => one.id === id && one.kind !== kind));

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
    ...containerAttributes(was, now),
  ];
}

const edgesOf = ({ uses }: ServiceModel): Record<string, string> =>
  Object.fromEntries(
    uses.map((edge) => {
      const { to, port } = edge;
      return [edgeName(edge), `${"service" in to ? to.service : hostText(to.host)}:${port}`] as const;
    }),
  );

/** Where a service may run from now on, in words. */
function movedText(was: readonly string[], now: readonly string[]): string {
  const more = now.filter((fleet) => !was.includes(fleet));
  const fewer = was.filter((fleet) => !now.includes(fleet));
  if (fewer.length === 0) return `may run on ${names(more)} too`;
  if (more.length === 0) return `no longer runs on ${names(fewer)}`;
  return `moves from ${names(fewer)} to ${names(more)}`;
}

function reasons(was: ServiceModel, now: ServiceModel, attributes: readonly Attribute[], base: Model): string[] {
  const why: string[] = [];
  const [from, to] = [imageParts(was.image), imageParts(now.image)];
  if (from.name === to.name && from.version !== to.version) why.push(`version ${from.version} -> ${to.version}`);
  const ports = new Map(base.services.map(({ id, ports: list }) => [id, list]));
  for (const edge of now.uses) {
    const old = was.uses.find((one) => edgeName(one) === edgeName(edge));
    if (old === undefined || same(old, edge) || !("service" in edge.to)) continue;
    const { service } = edge.to;
    if ("service" in old.to && old.to.service === service && old.port !== edge.port)
      why.push(`uses ${service}, whose port changed from ${old.port} to ${edge.port}`);
    else if (!ports.has(service)) why.push(`uses ${service}, which is new`);
  }
  if (!same(was.on, now.on)) why.push(movedText(was.on, now.on));
  const others = attributes
    .filter(({ name }) => name !== "on" && (name !== "image" || from.name !== to.name))
    .map(({ name }) => name);
  const told = why.some((reason) => reason.startsWith("uses "))
    ? others.filter((name) => !name.startsWith("uses."))
    : others;
  if (told.length > 0) why.push(`${names(told)} changed`);
  return why;
}
