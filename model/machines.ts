import { distance } from "fastest-levenshtein";
import { byText } from "./order.js";
import catalog from "./machines.json" with { type: "json" };

/**
 * A machine type of EC2. The facts are EC2's own (`npm run catalog` re-makes them); a type that is newer than the
 * catalog is unknown here, and bare metal and the Macs are left out.
 */
export interface Machine {
  /** Name, as in `m7g.large`. */
  readonly type: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly arch: "x86_64" | "arm64";
  /** The most that the network carries for a while, in Gbit/s. */
  readonly networkGbps: number;
  /** Disks inside the host, whose contents go with the VM, in GB; 0 where there are none. */
  readonly localDiskGB: number;
  readonly gpus: number;
  /** Runs on CPU credits, as the t families do. */
  readonly burstable: boolean;
  /** Cannot be bought on the spot market. */
  readonly onDemandOnly: boolean;
  /** Runs on Xen: disks show up as `/dev/xvd*`, not as NVMe. */
  readonly xen: boolean;
  /** AWS has replaced it by a newer one. */
  readonly previousGeneration: boolean;
}

/** The machine type of that name, or undefined where the catalog has none. */
export function findMachine(type: string): Machine | undefined {
  const line = catalog.machines.find((known) => nameOf(known) === type);
  return line === undefined ? undefined : decode(line);
}

/** All names of the catalog, in order. */
export function machineTypes(): string[] {
  return catalog.machines.map(nameOf);
}

/**
 * Up to `n` names that a mistyped one may have meant, the likeliest first; none where nothing is near.
 * Family and size are compared apart: `m7g.lrage` is near `m7g.large`, and `m7g.9xlarge` near `m7g.8xlarge`.
 */
export function nearestMachines(type: string, n: number): string[] {
  const name = type.trim().toLowerCase();
  const wanted = parts(name.includes(".") ? name : name.replace(/[\s_-]+/, "."));
  const limit = Math.max(2, Math.floor(type.length / 3));
  return machineTypes()
    .map((known) => ({ known, cost: costOf(wanted, parts(known)) }))
    .filter(({ cost }) => cost <= limit)
    .sort((a, b) => a.cost - b.cost || byText(a.known, b.known))
    .slice(0, n)
    .map(({ known }) => known);
}

const nameOf = (line: string): string => line.slice(0, line.indexOf(" "));

function decode(line: string): Machine {
  const [type = "", vcpus, memoryMiB, arch, ...told] = line.split(" ");
  const facts = new Map(told.map((fact) => splitOnce(fact, "=")));
  return {
    type,
    vcpus: Number(vcpus),
    memoryMiB: Number(memoryMiB),
    arch: arch === "arm64" ? arch : "x86_64",
    networkGbps: Number(facts.get("networkGbps") ?? 0),
    localDiskGB: Number(facts.get("localDiskGB") ?? 0),
    gpus: Number(facts.get("gpus") ?? 0),
    burstable: facts.has("burstable"),
    onDemandOnly: facts.has("onDemandOnly"),
    xen: facts.has("xen"),
    previousGeneration: facts.has("previousGeneration"),
  };
}

/** Both sides of the first separator; the second is empty where there is none. */
function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

interface NameParts {
  readonly family: string;
  /** What follows the dot; empty where there is no dot. */
  readonly size: string;
}

function parts(name: string): NameParts {
  const [family, size] = splitOnce(name, ".");
  return { family, size };
}

/** How far two names are apart. A letter in the family counts double: it is another machine, not another size of it. */
function costOf(wanted: NameParts, known: NameParts): number {
  if (wanted.family === known.family) return sizeCost(wanted.size || "large", known.size);
  if (wanted.size === "") return distance(wanted.family, known.family + known.size);
  const line = wanted.family[0] === known.family[0] ? 0 : 1;
  const begun = known.family.startsWith(wanted.family) ? -0.5 : 0;
  return 2 * distance(wanted.family, known.family) + line + begun + sizeCost(wanted.size, known.size);
}

/** Sizes double: two of them are as far apart as the doublings between them. Others are compared by letters. */
function sizeCost(wanted: string, known: string): number {
  const [a, b] = [sizeOf(wanted), sizeOf(known)];
  return a === undefined || b === undefined ? distance(wanted, known) : Math.abs(Math.log2(a / b));
}

const SMALL_SIZES = new Map([
  ["nano", 1 / 32],
  ["micro", 1 / 16],
  ["small", 1 / 8],
  ["medium", 1 / 4],
  ["large", 1 / 2],
  ["xlarge", 1],
]);

/** A size in units of `xlarge`; undefined where the name is no size. */
function sizeOf(size: string): number | undefined {
  const times = /^([1-9]\d*)xlarge$/.exec(size)?.[1];
  return times === undefined ? SMALL_SIZES.get(size) : Number(times);
}
