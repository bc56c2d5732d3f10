import { CapacityPlan } from "../../checks/placement/capacity.js";
import { drill } from "../../checks/drill/drill.js";
import { taskFleets } from "../../checks/placement/vms.js";
import type { FleetModel, Model } from "../../model/schema.js";
import type { Attribute, Change } from "../schema.js";
import { attribute, entriesChanged, gib, keysChanged, lasting, names, plural, same, show } from "../values.js";

/** What a VM takes to boot, join and be drained, in seconds: a rough figure, told as such. */
const PER_BATCH = 240;

/** What becomes of fleets and their VMs. */
export function fleetChanges(base: Model, head: Model, rolled: ReadonlyMap<string, readonly string[]>): Change[] {
  const before = new Map(base.fleets.map((fleet) => [fleet.id, fleet]));
  const ids = new Set(head.fleets.map(({ id }) => id));
  // One for all fleets: it is what takes time.
  const capacity = new CapacityPlan(head);
  return [
    ...base.fleets.filter(({ id }) => !ids.has(id)).map((fleet) => removed(fleet, base)),
    ...head.fleets.flatMap((fleet) => {
      const was = before.get(fleet.id);
      if (was === undefined) return [added(fleet)];
      return changed(was, fleet, head, rolled.get(fleet.id), capacity) ?? [];
    }),
  ];
}

const subject = (id: string) => ({ id: `fleet:${id}`, kind: "fleet", what: `fleet ${id}` }) as const;

function added(fleet: FleetModel): Change {
  return {
    ...subject(fleet.id),
    action: "add",
    weight: "plain",
    stateful: false,
    attributes: [],
    why: ["new in the program"],
    effect: [`${plural(fleet.size.desired, "VM")} of ${fleet.machine} in ${names(fleet.zones)}`],
    marks: ["adds"],
  };
}

function removed(fleet: FleetModel, model: Model): Change {
  const held = nodeVolumes(fleet, model);
  return {
    ...subject(fleet.id),
    action: "remove",
    weight: held.length > 0 || fleet.role === "control" ? "danger" : "warning",
    stateful: held.length > 0,
    attributes: [],
    why: ["no longer in the program"],
    effect: [
      `${plural(fleet.size.desired, "VM")} of ${fleet.machine} end`,
      ...(held.length > 0 ? [`DATA LOSS: ${names(held)} lie on the disks of these VMs`] : []),
    ],
    marks: ["destroys", ...(held.length > 0 ? ["stateful", "data-loss"] : [])],
  };
}

/** @param rolled what is new in what its VMs are made from; undefined where they are not replaced */
function changed(
  was: FleetModel,
  now: FleetModel,
  head: Model,
  rolled: readonly string[] | undefined,
  capacity: CapacityPlan,
): Change | undefined {
  const rolls = rolled !== undefined;
  const attributes = attributesOf(was, now);
  if (attributes.length === 0 && !rolls) return undefined;
  const effect = resized(was, now);
  let danger = false;
  let warning = false;
  const marks: string[] = [];
  const held = rolls ? nodeVolumes(now, head) : [];
  if (rolls) {
    marks.push("replaces", ...(held.length > 0 ? ["stateful", "data-loss"] : []));
    const aftermath = roll(now, capacity);
    effect.push(...aftermath.effect);
    if (aftermath.down) marks.push("downtime");
    if (!aftermath.quorum) marks.push("quorum");
    danger = held.length > 0 || !aftermath.quorum || aftermath.stranded;
    warning = aftermath.down;
    if (held.length > 0) effect.push(`DATA LOSS: ${names(held)} lie on the disks of these VMs`);
  }
  const fewer = now.size.desired < was.size.desired;
  if (now.role === "control" && fewer) danger = true;
  const causes = attributes.filter(({ name }) => name !== "size" && !name.startsWith("tags.")).map(({ name }) => name);
  return {
    ...subject(now.id),
    action: rolls ? "replace" : "change",
    weight: danger ? "danger" : warning || (fewer && nodeVolumes(now, head).length > 0) ? "warning" : "plain",
    stateful: held.length > 0,
    attributes,
    why: whyOf(causes, rolled) ?? [`${names(attributes.map(({ name }) => name))} changed`],
    effect: effect.length > 0 ? effect : ["no VM is touched"],
    marks,
  };
}

/** Tags alone replace VMs too, which nobody would think. */
const TAGS = "tags of its VMs changed";

function whyOf(causes: readonly string[], rolled: readonly string[] = []): string[] | undefined {
  const own = causes.length > 0 ? [`${names(causes)} changed`, ...rolled.filter((text) => text === TAGS)] : [...rolled];
  return own.length > 0 ? own : undefined;
}

function attributesOf(was: FleetModel, now: FleetModel): Attribute[] {
  const size = ({ min, desired, max }: FleetModel["size"]): string =>
    min === max ? String(max) : `${min} to ${max}, now ${desired}`;
  return [
    ...attribute("machine", was.machine, now.machine),
    ...(same(was.size, now.size) ? [] : [{ name: "size", before: size(was.size), after: size(now.size) }]),
    ...attribute("zones", was.zones, now.zones),
    ...attribute("spot", was.spot, now.spot, (value) =>
      typeof value === "number" ? `${Math.round(value * 100)} %` : null,
    ),
    ...attribute("disk", was.diskGiB, now.diskGiB, gib),
    ...attribute("dataDisk", was.dataDiskGiB, now.dataDiskGiB, gib),
    ...attribute("survives", was.survives, now.survives),
    ...attribute("os.release", was.os.release, now.os.release),
    ...attribute("os.image", was.os.image, now.os.image, (value) => show(value) ?? "the newest"),
    ...attribute("os.openFiles", was.os.openFiles, now.os.openFiles),
    ...attribute("os.processes", was.os.processes, now.os.processes),
    ...attribute("os.memoryMaps", was.os.memoryMaps, now.os.memoryMaps),
    ...entriesChanged("os.sysctl", was.os.sysctl, now.os.sysctl),
    ...attribute("os.packages", was.os.packages, now.os.packages),
    ...attribute("os.modules", was.os.modules, now.os.modules),
    ...keysChanged("tags", was.tags, now.tags),
  ];
}

function resized(was: FleetModel, now: FleetModel): string[] {
  const more = now.size.desired - was.size.desired;
  if (more === 0) return [];
  if (now.role !== "control")
    return [more > 0 ? `${plural(more, "VM")} more` : `${plural(-more, "VM")} fewer: their tasks move`];
  const text = `${plural(Math.abs(more), "manager")} ${more > 0 ? "more" : "fewer"}`;
  return [`${text}; quorum is then ${quorumOf(now.size.desired)} of ${now.size.desired}`];
}

const quorumOf = (managers: number): number => Math.floor(managers / 2) + 1;

/** What follows from replacing the VMs of a fleet in batches. */
function roll(fleet: FleetModel, capacity: CapacityPlan) {
  const { model } = capacity;
  const { desired } = fleet.size;
  const control = fleet.role === "control";
  const atOnce = control ? 1 : Math.max(1, Math.floor(desired / 10));
  const time = lasting(Math.ceil(desired / atOnce) * PER_BATCH);
  const quorum = !control || desired - 1 >= quorumOf(desired);
  const effect = [`${plural(desired, "VM")} replaced, ${atOnce} at a time, drained first, ${time}`];
  if (control)
    effect.push(
      quorum
        ? `${desired - 1} of ${desired} managers run meanwhile: the quorum of ${quorumOf(desired)} is kept`
        : "the only manager is replaced: nothing can be deployed meanwhile, and the swarm's state must survive on it",
    );
  if (desired === 0 || !taskFleets(model).some(({ id }) => id === fleet.id))
    return { effect, quorum, down: false, stranded: false };
  const { services } = drill(model, { kind: "roll", fleet: fleet.id }, capacity);
  const down = services.filter((service) => service.down).map(({ service }) => service);
  const stranded = services.filter((service) => service.stranded > 0).map(({ service }) => service);
  if (services.length > 0) effect.push(`tasks of ${plural(services.length, "service")} start anew elsewhere`);
  if (down.length > 0) effect.push(`down for a while: ${names(down)}`);
  if (stranded.length > 0) effect.push(`no room meanwhile for ${names(stranded)}`);
  return { effect, quorum, down: down.length > 0, stranded: stranded.length > 0 };
}

/** Volumes that lie on a fleet's VMs. */
function nodeVolumes(fleet: FleetModel, model: Model): string[] {
  const mounted = new Set(
    model.services.filter(({ on }) => on.includes(fleet.id)).flatMap(({ volumes }) => Object.values(volumes)),
  );
  return model.volumes.filter(({ id, kind }) => kind === "node" && mounted.has(id)).map(({ id }) => id);
}
