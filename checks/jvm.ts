import type { ServiceModel } from "../model/schema.js";

/** What a JVM was told about its memory, in MiB; undefined where it was not. */
export interface JvmMemory {
  readonly heapMiB: number;
  /** The option that says so, as it stands in the program. */
  readonly said: string;
  /** The least that it needs beyond the heap: what was said, and a small application's share of the rest. */
  readonly leastMiB: number;
  /** What an ordinary application needs beyond the heap, as Paketo's memory calculator counts it. */
  readonly usualMiB: number;
}

/** Variables that the JVM, or the start scripts of well-known software, read options from. */
const VARIABLES = [
  "JAVA_TOOL_OPTIONS",
  "JDK_JAVA_OPTIONS",
  "_JAVA_OPTIONS",
  "JAVA_OPTS",
  "CATALINA_OPTS",
  "ES_JAVA_OPTS",
  "KAFKA_HEAP_OPTS",
];

/** Reads the JVM options of a service; undefined where none says how large the heap is. The last one counts, as for the JVM. */
export function jvmMemory({ env, args, memoryLimitMiB }: ServiceModel): JvmMemory | undefined {
  if (args === null && !VARIABLES.some((name) => env[name] !== undefined)) return undefined;
  const texts = [...VARIABLES.map((name) => env[name]), ...(args ?? [])].filter((text) => typeof text === "string");
  const options = texts.flatMap((text) => text.split(/\s+/));
  const last = (shape: RegExp): RegExpExecArray | undefined =>
    options.map((option) => shape.exec(option)).findLast((match) => match !== null) ?? undefined;
  const size = (shape: RegExp): number | undefined => {
    const [, digits, unit = ""] = last(shape) ?? [];
    return digits === undefined ? undefined : (Number(digits) * (UNITS[unit.toLowerCase()] ?? 1)) / 1024 ** 2;
  };
  const fixed = last(/^-Xmx\d+[kKmMgGtT]?$/) ?? last(/^-XX:MaxHeapSize=\d+[kKmMgGtT]?$/);
  const share = last(/^-XX:MaxRAMPercentage=(\d+(?:\.\d+)?)$/);
  const heap = size(/^-Xmx(\d+)([kKmMgGtT]?)$/) ?? size(/^-XX:MaxHeapSize=(\d+)([kKmMgGtT]?)$/);
  const shared = share === undefined || memoryLimitMiB === null ? undefined : (memoryLimitMiB * Number(share[1])) / 100;
  const heapMiB = heap ?? shared;
  const said = (heap === undefined ? share : fixed)?.[0];
  if (heapMiB === undefined || said === undefined) return undefined;

  const metaspace = size(/^-XX:MaxMetaspaceSize=(\d+)([kKmMgGtT]?)$/);
  const code = size(/^-XX:ReservedCodeCacheSize=(\d+)([kKmMgGtT]?)$/);
  const direct = size(/^-XX:MaxDirectMemorySize=(\d+)([kKmMgGtT]?)$/);
  const stack = size(/^-Xss(\d+)([kKmMgGtT]?)$/) ?? 1;
  const sum = (threads: number, ofMetaspace: number, ofCode: number, ofDirect: number): number =>
    Math.round(threads * stack + (metaspace ?? ofMetaspace) + (code ?? ofCode) + (direct ?? ofDirect));
  return { heapMiB: Math.round(heapMiB), said, leastMiB: sum(20, 64, 48, 0), usualMiB: sum(250, 100, 240, 10) };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
