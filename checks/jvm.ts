import type { ServiceModel } from "../model/schema.js";

/** What a JVM was told about its memory, in MiB. */
export interface JvmMemory {
  /** Its heap, or the share of what it may use, in percent, where no limit of the task says what that comes to. */
  readonly heap: { readonly miB: number } | { readonly percent: number };
  /** The option that says so, as it stands in the program. */
  readonly said: string;
  /** The least that it needs beside the heap: no JVM gets by with less. */
  readonly leastMiB: number;
  /** What an application needs beside such a heap, by what its options say and what teams give it. */
  readonly usualMiB: number;
  /** Direct buffers that its options allow. */
  readonly directMiB: number;
}

/** Variables with a size of the heap alone: of Cassandra, Solr, Elasticsearch before 5, Neo4j. */
const SIZES = /^(MAX_HEAP_SIZE|SOLR_HEAP|ES_HEAP_SIZE|NEO4J_(server|dbms)_memory_heap_max__size)$/;

/** Files of JVM options: Elasticsearch's, OpenSearch's and Logstash's `jvm.options`, Maven's and Trino's `jvm.config`. */
const OPTION_FILES = /(\.options|jvm\.config)$/;

/** Java reads this variable last of all, after the command line. */
const LAST = "_JAVA_OPTIONS";

/**
 * Reads the JVM options of a service; undefined where none says how large the heap is. Any variable that holds options is
 * read, quoted or not, and arguments, and files of options; the last one counts, as for the JVM.
 */
export function jvmMemory(service: ServiceModel): JvmMemory | undefined {
  const options = optionsOf(service);
  const heap = heapOf(options, service.memoryLimitMiB);
  if (heap === undefined) return undefined;
  const bound = (name: string): number | undefined => sizeOf(options, new RegExp(`^-XX:${name}=(\\d+)([kKmMgGtT]?)$`));
  const metaspace = bound("MaxMetaspaceSize") ?? Infinity;
  const code = bound("ReservedCodeCacheSize") ?? Infinity;
  const directMiB = bound("MaxDirectMemorySize") ?? 0;
  const size = "miB" in heap.heap ? heap.heap.miB : 0;
  return {
    ...heap,
    leastMiB: Math.round(Math.min(metaspace, 24) + Math.min(code, 16) + 24),
    usualMiB: Math.round(
      Math.min(metaspace, USUAL.metaspace) +
        Math.min(code, USUAL.code) +
        USUAL.rest +
        Math.min(USUAL.share * size, USUAL.most) +
        directMiB,
    ),
    directMiB: Math.round(directMiB),
  };
}

/**
 * What is beside a heap. The share of it is that of Microsoft's advice for containers, a heap of 75 % of the memory at most
 * (learn.microsoft.com/azure/developer/java/containers/overview), where the containers are not small; below a GiB, what is
 * fixed counts more: 100 MiB let go what teams run (heaps of 128 MiB in 500 and of 400 in 620), and not 768 in 1,000.
 */
const USUAL = { metaspace: 50, code: 30, rest: 20, share: 0.2, most: 512 } as const;

/** The words of all that may hold options, in the order in which the JVM takes them. */
function optionsOf({ env, args, entrypoint = [], files }: ServiceModel): string[] {
  const { [LAST]: last, ...others } = env;
  const first = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"];
  const rest = Object.entries(others).filter(([name]) => !first.includes(name));
  const sizes = rest.flatMap(([name, value]) =>
    SIZES.test(name) && typeof value === "string" ? [`-Xmx${value}`] : [],
  );
  const option = Object.entries(files).flatMap(([path, text]) =>
    OPTION_FILES.test(path) ? [withoutComments(text)] : [],
  );
  const texts = [
    ...option,
    ...first.map((name) => others[name]),
    ...rest.map(([, value]) => value),
    ...entrypoint,
    ...(args ?? []),
    last,
  ];
  const words = texts.filter((text) => typeof text === "string").flatMap((text) => text.split(/[\s"']+/));
  return [...sizes, ...words];
}

const withoutComments = (text: unknown): string =>
  typeof text === "string" ? text.replaceAll(/^\s*#.*$/gm, "").replaceAll(/^\d+-?\d*:(?=-)/gm, "") : "";

type Heap = Pick<JvmMemory, "heap" | "said">;

function heapOf(options: readonly string[], limitMiB: number | null): Heap | undefined {
  const fixed = lastOf(options, /^(?:-Xmx|-XX:MaxHeapSize=)(\d+)([kKmMgGtT]?)$/);
  if (fixed !== undefined) return { heap: { miB: toMiB(fixed) }, said: fixed[0] };
  const share = lastOf(options, /^-XX:MaxRAM(?:Percentage=(\d+(?:\.\d+)?)|Fraction=(\d+))$/);
  if (share === undefined) return undefined;
  const percent = share[1] === undefined ? 100 / Math.max(1, Number(share[2])) : Number(share[1]);
  const most = sizeOf(options, /^-XX:MaxRAM=(\d+)([kKmMgGtT]?)$/) ?? limitMiB;
  const heap = most === null ? { percent } : { miB: (most * percent) / 100 };
  return { heap, said: share[0] };
}

const lastOf = (options: readonly string[], shape: RegExp): RegExpExecArray | undefined =>
  options.map((option) => shape.exec(option)).findLast((match) => match !== null) ?? undefined;

function sizeOf(options: readonly string[], shape: RegExp): number | undefined {
  const found = lastOf(options, shape);
  return found && toMiB(found);
}

const toMiB = ([, digits, unit = ""]: RegExpExecArray): number =>
  (Number(digits) * (UNITS[unit.toLowerCase()] ?? 1)) / 1024 ** 2;

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
