import type { PortModel, Value } from "../../model/schema.js";
import { parseImage } from "./reference.js";

/** What a stateful image is, as a noun. */
export type StatefulKind =
  | "database"
  | "search index"
  | "message broker"
  | "coordination store"
  | "object store"
  | "metrics store"
  | "dashboard"
  | "cache";

/** An image whose tasks keep something that other tasks of the same service do not have. */
export interface StatefulImage {
  readonly kind: StatefulKind;
  /** Whether its data is missed when it is lost; a cache fills itself again. */
  readonly keeps: boolean;
  /** Whether several tasks of one service are as many servers that know nothing of each other, unless more is set up. */
  readonly separate: boolean;
  /** Whether its clients speak HTTP/1 to it. */
  readonly http: boolean;
  /** Where it keeps its data, unless it is set up otherwise. */
  readonly data?: string;
  /** Paths that it writes to and that its image does not declare as volumes, so that a read-only root stops it. */
  readonly writes: readonly string[];
}

/**
 * Software that keeps data, by words of the image's name. Paths are from the Dockerfiles (VOLUME, WORKDIR) and pages of
 * Docker's official images (https://github.com/docker-library/docs) and of the vendors' own; `separate` is false where
 * members find each other by themselves or by a name that all of them have (Cassandra, NATS and the like).
 */
const TABLE: readonly (StatefulImage & { readonly words: string })[] = [
  entry("database", "postgres postgresql postgis timescaledb timescale pgvector", {
    data: "/var/lib/postgresql/data",
    writes: ["/var/run/postgresql"],
  }),
  entry("database", "mysql mariadb percona", { data: "/var/lib/mysql", writes: ["/var/run/mysqld", "/tmp"] }),
  entry("database", "mongo mongodb", { data: "/data/db", writes: ["/tmp"] }),
  entry("database", "mssql", { data: "/var/opt/mssql", writes: ["/var/opt/mssql", "/tmp"] }),
  entry("database", "oracle oraclexe db2 firebird"),
  entry("database", "clickhouse", {
    data: "/var/lib/clickhouse",
    writes: ["/var/log/clickhouse-server"],
    http: true,
  }),
  entry("database", "influxdb couchdb couchbase arangodb questdb rethinkdb surrealdb", { http: true }),
  entry("database", "neo4j", { data: "/data", http: true }),
  entry("database", "cassandra scylla", { data: "/var/lib/cassandra", writes: ["/etc/cassandra"], separate: false }),
  entry("database", "cockroach cockroachdb yugabyte yugabytedb tikv tidb", { separate: false }),
  entry("search index", "elasticsearch", {
    data: "/usr/share/elasticsearch/data",
    writes: ["/usr/share/elasticsearch/data", "/usr/share/elasticsearch/logs", "/tmp"],
    http: true,
  }),
  entry("search index", "opensearch", {
    data: "/usr/share/opensearch/data",
    writes: ["/usr/share/opensearch/data", "/usr/share/opensearch/logs", "/tmp"],
    http: true,
  }),
  entry("search index", "solr", { data: "/var/solr", http: true }),
  entry("search index", "meilisearch typesense qdrant weaviate milvus manticore", { http: true }),
  entry("message broker", "rabbitmq", { data: "/var/lib/rabbitmq" }),
  entry("message broker", "kafka redpanda pulsar activemq artemis"),
  entry("message broker", "mosquitto emqx"),
  entry("message broker", "nats nsqd beanstalkd", { keeps: false, separate: false }),
  entry("coordination store", "zookeeper", { data: "/data", writes: ["/conf"] }),
  entry("coordination store", "etcd"),
  entry("coordination store", "consul", { data: "/consul/data", http: true }),
  entry("coordination store", "vault openbao", { http: true }),
  entry("object store", "minio seaweedfs", { data: "/data", http: true }),
  entry("metrics store", "prometheus", { data: "/prometheus", http: true }),
  entry("metrics store", "victoria graphite loki", { http: true }),
  entry("metrics store", "zipkin jaeger", { http: true, keeps: false }),
  entry("dashboard", "grafana", { data: "/var/lib/grafana", writes: ["/var/lib/grafana"], http: true, keeps: false }),
  entry("cache", "redis valkey keydb dragonfly", { data: "/data", keeps: false }),
  entry("cache", "memcached", { keeps: false }),
];

function entry(
  kind: StatefulKind,
  words: string,
  { keeps = true, separate = true, http = false, writes = [], ...data }: Partial<StatefulImage> = {},
): StatefulImage & { readonly words: string } {
  return { kind, words, writes, keeps, separate, http, ...data };
}

const BY_WORD = new Map(TABLE.flatMap((row) => row.words.split(" ").map((word) => [word, row] as const)));

/** Words that make the name of a database that of a tool beside it: `mongo-express`, `postgres-exporter`, `kafka-ui`. */
const TOOLS = new Set(
  `exporter express ui admin backup backups dump restore seed seeder init initializer migrate migration migrations client cli
  tool tools proxy router operator insight commander connect connector bridge sink source agent template console manager
  dashboard web gui browser viewer adapter bouncer monitor collector sidecar box curator hq reloader controller rest sentinel sync wait
  bench benchmark test tester consumer producer worker gateway image renderer api query`.split(/\s+/),
);

/** Words that say nothing of what it is: the word before the last slash does then, as in `mssql/server`. */
const GENERIC = new Set(["server", "database", "db", "single", "standalone", "core"]);

/** Ports by which a `…-db` of a project's own is known for a database. */
const DATABASE_PORTS: Readonly<Record<number, string>> = {
  1433: "mssql",
  3306: "mysql",
  5432: "postgres",
  9042: "cassandra",
  27017: "mongo",
};

/**
 * What a stateful image is known to be, or undefined where it is none that is known. It goes by words of its name, so that
 * `bitnami/postgresql` and `acme/shop-mysql-db` are known, and `mongo-express` is not taken for one; a `…-db` by its port.
 */
export function statefulImage(image: Value, ports: readonly PortModel[]): StatefulImage | undefined {
  const path = parseImage(image)?.path ?? [];
  let words = wordsOf(path.at(-1));
  if (words.every((word) => GENERIC.has(word))) words = [...wordsOf(path.at(-2)), ...words];
  const found = words.flatMap((word) => BY_WORD.get(word) ?? BY_WORD.get(word.replace(/\d+$/, "")) ?? [])[0];
  const isOwn = words.at(-1) === "db" || words.at(-1) === "database";
  if (found !== undefined && (isOwn || !words.some((word) => TOOLS.has(word)))) return found;
  if (!isOwn) return undefined;
  const port = ports.find(({ port: each }) => each in DATABASE_PORTS)?.port;
  return port === undefined ? undefined : BY_WORD.get(DATABASE_PORTS[port] ?? "");
}

const wordsOf = (name = ""): string[] => name.toLowerCase().split(/[-_.]+/);
