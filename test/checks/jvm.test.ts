import { fileURLToPath } from "node:url";
import { Fleet, Service, type Cluster, type ServiceProps } from "lightfleet";
import { describe, expect, test } from "vitest";
import { judge, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const image = "ghcr.io/acme/search:1.8.2";
const fleet = (shop: Cluster): Fleet => new Fleet(shop, "core", { machine: "m7g.large", size: 3 });

const program =
  (props: Partial<ServiceProps>) =>
  (shop: Cluster): void => {
    new Service(shop, "search", { on: fleet(shop), image, replicas: 2, memory: "64MiB", ...props });
  };

/** How bad LF305 finds a service; undefined where it finds nothing. */
const severity = (props: Partial<ServiceProps>): string | undefined => {
  const [finding, ...more] = judge(program(props)).of("LF305");
  expect(more).toEqual([]);
  return finding?.severity;
};

tryRule(here, "LF305", {
  breaks: (shop) => {
    const on = fleet(shop);
    const limit = { on, image, memory: "2000MiB", memoryLimit: "2000MiB" } as const;
    new Service(shop, "search", { ...limit, args: ["java", "-Xmx1900m", "-jar", "search.jar"] }); // <- LF305
    new Service(shop, "cell", { ...limit, env: { JAVA_TOOL_OPTIONS: "-XX:MaxRAMPercentage=80" } }); // <- LF305
    new Service(shop, "free", { on, image, memory: "1GiB", env: { JAVA_OPTS: "-Xms1g -Xmx2g" } }); // <- LF305
    new Service(shop, "share", { on, image, memory: "1GiB", args: ["-XX:MaxRAMPercentage=75"] }); // <- LF305
  },
  fixed: program({ memory: "2GiB", memoryLimit: "2GiB", args: ["java", "-Xmx1400m"] }),
  near: program({
    memoryLimit: "1GiB",
    env: { JAVA_TOOL_OPTIONS: "-Xmx2g -XX:ReservedCodeCacheSize=64m -XX:MaxMetaspaceSize=96m -Xss256k -Xmx768m" },
  }),
});

describe("LF305 agrees with what teams run", () => {
  test.each<[heap: string, limit: number, expected: string | undefined]>([
    ["128m", 500, undefined],
    ["400m", 620, undefined],
    ["768m", 1_024, undefined],
    ["7g", 8_192, undefined],
    ["768m", 1_000, "warning"],
    ["256m", 384, "warning"],
    ["256m", 256, "error"],
    ["400m", 450, "error"],
  ])("a heap of %s in %i MiB", (heap, limit, expected) => {
    expect(severity({ memoryLimit: `${limit}MiB`, args: [`-Xmx${heap}`] })).toBe(expected);
  });

  test("direct buffers that the options allow count", () => {
    const direct = "-XX:MaxDirectMemorySize=512m";
    expect(severity({ memoryLimit: "1536MiB", args: ["-Xmx768m"] })).toBeUndefined();
    expect(severity({ memoryLimit: "1400MiB", args: ["-Xmx768m", direct] })).toBe("warning");
  });
});

describe("LF305 reads every spelling", () => {
  test.each<[string, Partial<ServiceProps>]>([
    ["Logstash's variable", { env: { LS_JAVA_OPTS: "-Xmx256m" } }],
    ["OpenSearch's", { env: { OPENSEARCH_JAVA_OPTS: "-Xms256m -Xmx256m" } }],
    ["any other's", { env: { GATEWAY_OPTS: "-server -Xmx256m" } }],
    ["Kafka's", { env: { KAFKA_HEAP_OPTS: "-Xmx256M -Xms256M" } }],
    ["Cassandra's size", { env: { MAX_HEAP_SIZE: "256M" } }],
    ["Neo4j's size", { env: { NEO4J_server_memory_heap_max__size: "256m" } }],
    ["double quotes", { env: { JAVA_OPTS: '"-Xms128m -Xmx256m"' } }],
    ["single quotes", { env: { JAVA_OPTS: "'-Xmx256m'" } }],
    ["KiB", { args: ["-Xmx262144k"] }],
    ["bytes", { args: ["-Xmx268435456"] }],
    ["a line for a shell", { args: ["sh", "-c", "exec java -Xmx256m -jar app.jar"] }],
    ["the long name", { args: ["-XX:MaxHeapSize=256m"] }],
    ["a share", { args: ["-XX:MaxRAMPercentage=100.0"] }],
    ["a fraction", { args: ["-XX:MaxRAMFraction=1"] }],
    ["a file", { files: { "/usr/share/elasticsearch/config/jvm.options.d/heap.options": "# -Xmx1m\n-Xmx256m\n" } }],
    ["the variable that wins over the command line", { args: ["-Xmx64m"], env: { _JAVA_OPTIONS: "-Xmx256m" } }],
  ])("%s", (_, props) => {
    expect(severity({ memoryLimit: "256MiB", ...props })).toBe("error");
  });

  test("what is no option is none", () => {
    expect(severity({ memoryLimit: "256MiB", env: { NOTE: "see -Xmx for the heap", URL: "http://x/-Xmx9g" } })).toBe(
      undefined,
    );
  });
});

describe("LF305 without a limit looks at what is reserved", () => {
  test.each<[string, string, string | undefined]>([
    ["2GiB", "-Xmx2g -XX:MaxDirectMemorySize=512m", "warning"],
    ["2GiB", "-Xmx1536m -XX:MaxDirectMemorySize=512m", "warning"],
    ["512MiB", "-Xmx2g", "warning"],
    ["640MiB", "-Xmx512m", undefined],
    ["4GiB", "-Xmx2g -XX:MaxDirectMemorySize=512m", undefined],
  ])("%s reserved for %s", (memory, options, expected) => {
    expect(severity({ memory: memory as "2GiB", env: { JAVA_OPTS: options } })).toBe(expected);
  });
});
