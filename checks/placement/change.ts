import { findMachine, machineTypes, type Machine } from "../../model/machines.js";
import type { FleetModel } from "../../model/schema.js";
import { vmsOf, type SizeOf, type Vm } from "./vms.js";

/** A change of one fleet that would make things fit. */
export interface Change {
  readonly fleet: string;
  readonly of: "size" | "machine";
  readonly from: string;
  readonly to: string;
  /** How much larger the fleet gets, as a share: what changes are compared by. */
  readonly growth: number;
}

/** VMs beyond which no size is tried. */
const MOST = 1_000;

/**
 * The smallest changes after which things fit: one of a fleet's size and one of its machine type, for the fleets that may
 * change, smallest first. Only one fleet is changed at a time.
 * @param all the fleets of the part
 * @param holds whether things fit on VMs
 */
export function smallestChanges(
  all: readonly FleetModel[],
  mayChange: readonly string[],
  sizeOf: SizeOf,
  holds: (vms: readonly Vm[]) => boolean,
): Change[] {
  const changes = all
    .filter(({ id }) => mayChange.includes(id))
    .flatMap((fleet) => {
      const withOther = (size: number, machine: string): boolean =>
        holds(all.flatMap((each) => (each === fleet ? vmsOf({ ...fleet, machine }, size) : vmsOf(each, sizeOf(each)))));
      const size = sizeOf(fleet);
      return [largerSize(fleet, size, withOther), largerMachine(fleet, size, withOther)].filter(
        (change) => change !== undefined,
      );
    })
    .sort((a, b) => a.growth - b.growth);
  const best = (of: Change["of"]): Change[] => changes.filter((change) => change.of === of).slice(0, 1);
  return [...best("size"), ...best("machine")].sort((a, b) => a.growth - b.growth);
}

/** Changes as advice: `size of "core" 3 → 4, or machine of "core" m7g.large → m7g.xlarge`. */
export function describeChanges(changes: readonly Change[]): string {
  if (changes.length === 0) return "no larger size or machine type of one fleet would do: ask for less";
  const texts = changes.map(({ fleet, of, from, to }) => `${of} of "${fleet}" ${from} → ${to}`);
  return `the smallest change that would do: ${texts.join(", or ")}`;
}

type Trial = (size: number, machine: string) => boolean;

/** More VMs never make it worse: the number is doubled until things fit, and halved back to the least. */
function largerSize({ id, machine }: FleetModel, size: number, fits: Trial): Change | undefined {
  let step = 1;
  while (!fits(size + step, machine)) {
    step *= 2;
    if (size + step > MOST || step > 8 * (size + 8)) return undefined;
  }
  let [low, high] = [size + Math.floor(step / 2), size + step];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle, machine)) high = middle;
    else low = middle;
  }
  return { fleet: id, of: "size", from: String(size), to: String(high), growth: (high - size) / Math.max(size, 1) };
}

function largerMachine({ id, machine }: FleetModel, size: number, fits: Trial): Change | undefined {
  if (size === 0) return undefined;
  const now = findMachine(machine);
  if (now === undefined) return undefined;
  const larger = candidates(now).find(({ type }) => fits(size, type));
  return larger && { fleet: id, of: "machine", from: machine, to: larger.type, growth: growth(now, larger) };
}

/** The next sizes of the family, and its neighbours with more memory or more CPUs per VM: c, m and r. Smallest growth first. */
function candidates(now: Machine): Machine[] {
  const [family = "", size = ""] = now.type.split(".");
  const relatives = ["c", "m", "r"].map((letter) => `${letter}${family.slice(1)}.${size}`);
  return machineTypes()
    .filter((type) => type.startsWith(`${family}.`) || relatives.includes(type))
    .flatMap((type) => findMachine(type) ?? [])
    .filter(({ type, arch }) => type !== now.type && arch === now.arch)
    .filter(({ vcpus, memoryMiB }) => vcpus >= now.vcpus && memoryMiB >= now.memoryMiB)
    .sort((a, b) => growth(now, a) - growth(now, b));
}

const growth = (from: Machine, to: Machine): number => (to.vcpus / from.vcpus + to.memoryMiB / from.memoryMiB) / 2 - 1;
