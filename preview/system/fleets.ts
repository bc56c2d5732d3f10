import { CapacityPlan } from "../../checks/placement/capacity.js";
import { drill } from "../../checks/drill/drill.js";
import { FOUNDING_SECONDS, quorumOf } from "../../checks/drill/managers.js";
import { taskFleets } from "../../checks/placement/vms.js";
import { setsDesired } from "../../model/fleet-size.js";
import type { FleetModel, Model } from "../../model/schema.js";
import type { Attribute, Change } from "../schema.js";
import { attribute, entriesChanged, gib, keysChanged, lasting, names, plural, show } from "../values.js";
import { change } from "./change.js";
import { sizeText } from "./sizes.js";
import { departures, nodeVolumes, type Before } from "./vms.js";

/** What a VM takes to boot, join and be drained, in seconds: a rough figure, told as such. */
const PER_BATCH = 240;

/**
 * What becomes of fleets and their VMs.
 * @param head with as many VMs as there are once it is deployed
 * @param rolled fleets whose VMs are replaced, with what is new in what these are made from
 * @param declared what head says itself
 * @param abrupt of the rolled ones, those whose VMs go without their services being moved before
 */
export function fleetChanges(
  base: Model,
  head: Model,
  rolled: ReadonlyMap<string, readonly string[]>,
  { declared = head, abrupt = new Set() }: { readonly declared?: Model; readonly abrupt?: ReadonlySet<string> } = {},
): Change[] {
  const said = new Map(declared.fleets.map((fleet) => [fleet.id, fleet]));
  const before = new Map(base.fleets.map((fleet) => [fleet.id, fleet]));
  const ids = new Set(head.fleets.map(({ id }) => id));
  // One for all fleets: it is what takes time.
  const capacity = new CapacityPlan(head);
  let old: CapacityPlan | undefined;
  const placed = (): CapacityPlan => (old ??= new CapacityPlan(base));
  return [
    ...base.fleets.filter(({ id }) => !ids.has(id)).map((fleet) => removed(fleet, base, ids)),
    ...head.fleets.flatMap((fleet) => {
      const was = before.get(fleet.id);
      if (was === undefined) return [added(fleet)];
      return (
        changed({
          ...{ was, now: fleet, said: said.get(fleet.id) ?? fleet, base, before: placed, capacity },
          ...{ rolled: rolled.get(fleet.id), abrupt: abrupt.has(fleet.id) },
        }) ?? []
      );
    }),
  ];
}

const subject = (id: string) => ({ id: `fleet:${id}`, kind: "fleet", what: `fleet ${id}` }) as const;

const added = (fleet: FleetModel): Change =>
  change(subject(fleet.id), "add", {
    effect: [`${plural(fleet.size.desired, "VM")} of ${fleet.machine} in ${names(fleet.zones)}`],
  });

/** @param left fleets that head has */
function removed(fleet: FleetModel, model: Model, left: ReadonlySet<string>): Change {
  const held = nodeVolumes(fleet, model);
  const alone = model.services.filter(({ on }) => on.includes(fleet.id) && !on.some((id) => left.has(id)));
  return change(subject(fleet.id), "remove", {
    weight: held.length > 0 || fleet.role === "control" ? "danger" : "warning",
    stateful: held.length > 0,
    effect: [
      ...lossOf(held),
      `${plural(fleet.size.desired, "VM")} of ${fleet.machine} ${fleet.size.desired === 1 ? "ends" : "end"}`,
    ],
    interrupts: alone.map(({ id }) => id),
    marks: ["destroys", ...(held.length > 0 ? ["stateful", "data-loss"] : [])],
  });
}

const lossOf = (held: readonly string[]): string[] =>
  held.length > 0 ? [`DATA LOSS: the data of ${names(held)}, on the disks of these VMs`] : [];

interface Fleet extends Before {
  readonly was: FleetModel;
  readonly now: FleetModel;
  /** As the program has it. */
  readonly said: FleetModel;
  readonly capacity: CapacityPlan;
  /** What is new in what its VMs are made from; undefined where they are not replaced. */
  readonly rolled: readonly string[] | undefined;
  /** Whether its VMs go without their services being moved before. */
  readonly abrupt: boolean;
}

function changed(fleet: Fleet): Change | undefined {
  const { was, now, said, rolled, capacity } = fleet;
  const attributes = attributesOf(was, said);
  if (attributes.length === 0 && rolled === undefined) return undefined;
  const aftermath = rolled === undefined ? thinned(fleet) : roll(fleet);
  const { held, down, quorum, stranded } = aftermath;
  const built = was.arch === now.arch ? [] : otherBuilds(now, capacity.model);
  const effect = [...lossOf(held), ...aftermath.effect, ...built];
  const causes = attributes.filter(({ name }) => name !== "size" && !name.startsWith("tags.")).map(({ name }) => name);
  const danger = held.length > 0 || !quorum || stranded;
  return change(subject(now.id), rolled === undefined ? "change" : "replace", {
    weight: danger ? "danger" : down.length > 0 || aftermath.warning || built.length > 0 ? "warning" : "plain",
    stateful: held.length > 0,
    attributes,
    why: whyOf(causes, rolled) ?? [`${names(attributes.map(({ name }) => name))} changed`],
    effect: effect.length > 0 ? effect : [untouched(was, said)],
    interrupts: [...down],
    marks: [
      ...(rolled === undefined ? [] : ["replaces"]),
      ...(held.length > 0 ? ["stateful", "data-loss"] : []),
      ...(down.length > 0 ? ["downtime"] : []),
      ...(quorum ? [] : ["quorum"]),
    ],
  });
}

/** Of a range, `desired` is the number to start with, which somebody who changes it may not think of. */
const untouched = (was: FleetModel, said: FleetModel): string =>
  setsDesired(said) || was.size.desired === said.size.desired
    ? "no VM is touched"
    : "no VM is touched: the group keeps the number that it has, and 'size.keepDesired' would set it";

/** What follows for a fleet's VMs, and for what runs on them. */
interface Aftermath {
  readonly effect: readonly string[];
  /** Volumes whose data is on VMs that end. */
  readonly held: readonly string[];
  /** Services that are down for a while. */
  readonly down: readonly string[];
  /** Whether enough managers run all the while. */
  readonly quorum: boolean;
  /** Whether tasks find no room. */
  readonly stranded: boolean;
  readonly warning: boolean;
}

/** What follows where VMs stay as they are, but for those that are too many, or stand in another zone. */
function thinned({ was, now, ...before }: Fleet): Aftermath {
  const { effect, held, down, stuck } = departures(was, now, before);
  const manages = now.role === "control";
  const fewer = now.size.desired < was.size.desired;
  return {
    effect: [
      ...(down.length > 0 ? [`down for a while where they are on VMs that end: ${names(down)}`] : []),
      ...effect,
    ],
    ...{ held, down, stranded: false },
    quorum: !(manages && fewer),
    warning: stuck,
  };
}

const downText = (down: readonly string[]): string[] => (down.length > 0 ? [`down for a while: ${names(down)}`] : []);

/** Services whose images are not known to run on what a fleet's machines are now. */
function otherBuilds({ id, arch }: FleetModel, { services }: Model): string[] {
  const on = services.filter((service) => service.on.includes(id) && !service.platforms?.includes(arch));
  return on.length > 0
    ? [`its machines are ${arch} now: images must be built for it, of ${names(on.map((one) => one.id))}`]
    : [];
}

/** Tags alone replace VMs too, which nobody would think. */
const TAGS = "tags of its VMs changed";

function whyOf(causes: readonly string[], rolled: readonly string[] = []): string[] | undefined {
  const own = causes.length > 0 ? [`${names(causes)} changed`, ...rolled.filter((text) => text === TAGS)] : [...rolled];
  return own.length > 0 ? own : undefined;
}

function attributesOf(was: FleetModel, now: FleetModel): Attribute[] {
  return [
    ...attribute("machine", was.machine, now.machine),
    ...attribute("arch", was.arch, now.arch),
    ...attribute("size", sizeText(was), sizeText(now)),
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

/** What follows from replacing the VMs of a fleet in batches. */
function roll({ was, now: fleet, capacity, abrupt, ...before }: Fleet): Aftermath {
  const { model } = capacity;
  const { desired } = fleet.size;
  const control = fleet.role === "control";
  const atOnce = control ? 1 : Math.max(1, Math.floor(desired / 10));
  const time = lasting(Math.ceil(desired / atOnce) * PER_BATCH);
  const effect = [
    `${plural(desired, "VM")} replaced, ${atOnce} at a time, drained first, ${time}`,
    ...departures(was, { ...fleet, zones: was.zones }, before).effect,
  ];
  const held = nodeVolumes(was, before.base);
  if (control && desired - 1 < quorumOf(desired)) {
    const all = model.services.map(({ id }) => id);
    effect.unshift(
      `the only manager is replaced, and the swarm is founded anew: all services start anew, down for ${lasting(FOUNDING_SECONDS)}`,
    );
    return { effect, held, down: all, quorum: false, stranded: false, warning: true };
  }
  if (control)
    effect.push(`${desired - 1} of ${desired} managers run meanwhile: the quorum of ${quorumOf(desired)} is kept`);
  if (desired === 0 || !taskFleets(model).some(({ id }) => id === fleet.id))
    return { effect, held, down: [], quorum: true, stranded: false, warning: false };
  const { services } = drill(model, { kind: "roll", fleet: fleet.id, abrupt }, capacity);
  const down = services.filter((service) => service.down).map(({ service }) => service);
  const stranded = services.filter((service) => service.stranded > 0).map(({ service }) => service);
  const grave = [...(stranded.length > 0 ? [`no room meanwhile for ${names(stranded)}`] : []), ...downText(down)];
  effect.unshift(...grave);
  if (services.length > 0) effect.push(`tasks of ${plural(services.length, "service")} start anew elsewhere`);
  return { effect, held, down, quorum: true, stranded: stranded.length > 0, warning: false };
}
