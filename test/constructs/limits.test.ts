import { describe, expect, test } from "vitest";
import {
  aws,
  Cluster,
  command,
  Fleet,
  Secret,
  Service,
  ssm,
  tcp,
  Volume,
  type App,
  type ServiceProps,
} from "lightfleet";
import { ENGINE_LIMITS } from "../../model/limits/engine.js";
import { imageProblem } from "../../model/limits/image.js";
import { byteLength } from "../../model/limits/limit.js";
import { LINUX_LIMITS } from "../../model/limits/linux.js";
import { small, type Small } from "../program/small.js";
import { findingsOf, synthesize } from "../program/synthesize.js";

const declared =
  (declare: (parts: Small, app: App) => void) =>
  (app: App): void => {
    declare(small(app, { gateway: false }), app);
  };
const of = (props: Partial<ServiceProps>) =>
  declared(({ cluster, fleet }) => void new Service(cluster, "api", { on: fleet, image: "api:1", ...props }));
const refused = (props: Partial<ServiceProps>): string[] => findingsOf(of(props)).map(({ code }) => code);
const taken = (props: Partial<ServiceProps>) => synthesize(of(props)).model.services.find(({ id }) => id === "api")!;

describe("what Docker, Swarm and Linux do not take is refused", () => {
  test.each<[string, Partial<ServiceProps>, string]>([
    ["an empty file", { files: { "/x": "" } }, "LF028"],
    ["a file of 1,024,000 bytes", { files: { "/x": "x".repeat(1_024_000) } }, "LF028"],
    ["a file of as many bytes in fewer characters", { files: { "/x": "é".repeat(512_000) } }, "LF028"],
    ["a variable longer than an argument can be", { env: { A: "x".repeat(131_070) } }, "LF028"],
    ["an argument longer than one can be", { args: ["x".repeat(131_072)] }, "LF028"],
    [
      "variables that are too much for the managers",
      { env: Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`A${n}`, "x".repeat(100_000)])) },
      "LF028",
    ],
    ["memory below 4 MiB", { memory: "3MiB" }, "LF004"],
    ["a memory limit below 6 MiB", { memoryLimit: "5MiB" }, "LF004"],
    ["more memory than 64 bits count", { memory: "8796093022208MiB" }, "LF004"],
    ["a CPU limit below 0.01", { cpuLimit: 0.009 }, "LF004"],
    ["more CPUs than 64 bits count", { cpu: 9_300_000_000 }, "LF004"],
    ["more processes than Linux has", { pids: 4_194_305 }, "LF004"],
    ["a time beyond 292 years", { stopGrace: "99999999h" }, "LF004"],
    ["an interval beyond 292 years", { port: 80, health: tcp({ every: "2600000h" }) }, "LF004"],
    ["more retries than 32 bits count", { port: 80, health: tcp({ retries: 2 ** 31 }) }, "LF004"],
    ["a file that leads elsewhere", { files: { "/../../etc/x": "x" } }, "LF018"],
    ["a file below one", { files: { "/a": "x", "/a/b": "x" } }, "LF015"],
    ["a file in the kernel's own folder", { files: { "/proc/x": "x" } }, "LF018"],
    ["a part of a path longer than 255", { files: { [`/${"a".repeat(256)}`]: "x" } }, "LF028"],
    ["a capability that Linux has not", { capabilities: ["NOT_A_CAP"] }, "LF018"],
    ["an id of a user that Docker does not take", { user: "2147483648" }, "LF004"],
    ["a kernel parameter with a dollar", { sysctl: { "net.core.somaxconn": "${x" } }, "LF018"],
    ["NUL in a variable", { env: { A: "a\0b" } }, "LF027"],
    ["NUL in an argument", { args: ["a\0b"] }, "LF027"],
    ["NUL in a label", { labels: { a: "a\0b" } }, "LF027"],
    ["a label that stacks are found by", { labels: { "com.docker.stack.namespace": "a" } }, "LF018"],
    ["a label that stacks are compared by", { labels: { "com.docker.stack.image": "a" } }, "LF018"],
    ["a label of swarms", { labels: { "com.docker.swarm.service.name": "a" } }, "LF018"],
    ["a label of Docker's services", { labels: { "com.docker.service.x": "a" } }, "LF018"],
    ["a label of releases", { labels: { "lightfleet.replicas": "1" } }, "LF018"],
    ["half of a surrogate pair", { env: { A: "\ud83c" } }, "LF027"],
    ["half of a surrogate pair in a file", { files: { "/x": "\udf89" } }, "LF027"],
    ["a variable without a name", { env: { "": "x" } }, "LF018"],
    ["a variable with '='", { env: { "A=B": "x" } }, "LF018"],
  ])("%s", (_, props, code) => {
    expect(refused(props)).toEqual([code]);
  });

  test.each(["..", "."])("a secret in the place '%s'", (file) => {
    const declare = declared(({ cluster, fleet }) => {
      const secrets = { [file]: new Secret(cluster, "s", { source: ssm("/s") }) };
      new Service(cluster, "api", { on: fleet, image: "api:1", secrets });
    });
    expect(findingsOf(declare).map(({ code }) => code)).toEqual(["LF018"]);
  });
});

describe("what they do take stays as it was written", () => {
  test.each<[string, Partial<ServiceProps>]>([
    ["a file of one byte", { files: { "/x": "x" } }],
    ["a file of 1,023,999 bytes", { files: { "/x": "x".repeat(1_023_999) } }],
    ["a file with NUL in it", { files: { "/x": "a\0b" } }],
    ["emoji everywhere", { env: { A: "🎉" }, args: ["🎉"], labels: { a: "🎉" }, files: { "/x": "🎉" } }],
    ["names with dots and dashes", { env: { "discovery.type": "single-node", "a-b": "1", "0": "x" } }],
    ["names of JavaScript's own", { env: { ["__proto__"]: "x", constructor: "y", toString: "z" } }],
    ["the longest variable", { env: { A: "x".repeat(131_069) } }],
    ["all capabilities", { capabilities: ["ALL"] }],
    [
      "labels that look like reserved ones",
      { labels: { "com.docker.lb.hosts": "a", "com.docker.stack": "a", lightfleet: "a" } },
    ],
    ["texts of several lines", { labels: { a: "a\nb" }, env: { A: "a\nb" } }],
  ])("%s", (_, props) => {
    const { env, args, labels, files, capabilities } = taken(props);
    const empty = { env: {}, args: null, labels: {}, files: {}, capabilities: null };
    expect(JSON.stringify({ env, args, labels, files, capabilities })).toBe(
      JSON.stringify({ ...empty, ...props, ...(props.env && { env: sorted(props.env) }) }),
    );
  });

  const sorted = (record: object): object =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

  test.each<Partial<ServiceProps>>([
    { memory: "4MiB", memoryLimit: "6MiB" },
    { cpu: 0.001 },
    { cpuLimit: 0.01 },
    { cpu: 0 },
    { pids: LINUX_LIMITS.processes.max },
    { health: command(["x"], { every: "1000h" }) },
    { rollout: { kind: "rolling", parallel: 99_999_999_999 } },
    { maxPerVm: Number.MAX_SAFE_INTEGER },
    { user: "2147483647:0" },
  ])("%j", (props) => {
    expect(() => taken(props)).not.toThrow();
  });
});

describe("names in the swarm have 63 characters", () => {
  const named = (id: string) =>
    declared(({ cluster, fleet }) => void new Service(cluster, id, { on: fleet, image: "a:1" }));

  test("with the cluster's before them", () => {
    const longest = ENGINE_LIMITS.serviceName.max - "shop_".length;
    expect(synthesize(named("a".repeat(longest))).model.services[0]!.id).toHaveLength(longest);
    expect(findingsOf(named("a".repeat(longest + 1)))).toMatchObject([{ code: "LF001", path: expect.any(String) }]);
  });

  test.each(["plausible_db", "a__b", "snuba-subscription-consumer-generic-metrics-counters"])("as '%s'", (id) => {
    expect(synthesize(named(id)).model.services.map((one) => one.id)).toContain(id);
  });

  test.each(["a_", "_a", "A", "1a", "a.b", "ä", "a b", ""])("and not as '%s'", (id) => {
    expect(findingsOf(named(id)).map(({ code }) => code)).toEqual(["LF001"]);
  });
});

describe("ids", () => {
  test("of a volume, a secret and a service may be the same", () => {
    const { model } = synthesize(
      declared(({ cluster, fleet }) => {
        const volume = new Volume(cluster, "db");
        const service = new Service(cluster, "db", { on: fleet, image: "a:1", volumes: { "/data": volume } });
        new Secret(cluster, "db", { source: ssm("/db") });
        expect(service.name).toBe("db");
      }),
    );
    expect(model).toMatchObject({ volumes: [{ id: "db" }], secrets: [{ id: "db" }] });
    expect(model.services.map(({ id }) => id)).toEqual(["db", "web"]);
  });

  test("of fleets and gateways have no underscore, and the error says why", () => {
    const declare = declared(({ cluster }) => void new Fleet(cluster, "a_b", { machine: "t4g.small", size: 1 }));
    expect(findingsOf(declare)).toMatchObject([{ code: "LF001", message: expect.stringContaining("security rules") }]);
  });

  test("of a shared volume are no fleet's", () => {
    expect(
      findingsOf(declared(({ cluster }) => void new Volume(cluster, "core", { shared: true }))).map(({ code }) => code),
    ).toEqual(["LF002"]);
  });

  test("that cannot be taken are shown as they were written", () => {
    const [finding] = findingsOf((app) => void new Cluster(app, "1st", { platform: aws({ region: "eu-west-1" }) }));
    expect(finding).toMatchObject({ code: "LF001", path: "1st" });
  });
});

describe("a reference to an image", () => {
  test.each([
    "alpine",
    "alpine:3",
    "ghcr.io/acme/cart:1.8.2",
    "localhost/x",
    "localhost:5000/x:1",
    "UPPER.io/x:1",
    "a__b/c--d.e:T_1.x-2",
    `a@sha256:${"0".repeat(64)}`,
    `a:1@sha256:${"0".repeat(64)}`,
    `a@sha512:${"0".repeat(128)}`,
    `a:${"t".repeat(128)}`,
    `reg.io/${"a".repeat(248)}`,
    "reg:99999/x",
  ])("'%s' is one", (image) => {
    expect(imageProblem(image)).toBeUndefined();
  });

  test.each([
    ...["", "a b", "a\nb", "Alpine:3", "UPPER/x:1", "a..b", "a___b", "a-b-", "a:-x", "a//b", "/a", "a/", "a:b:c", "a:"],
    ...["http://x/y", "[::1]:5000/x", "0".repeat(64), `a:${"t".repeat(129)}`, `reg.io/${"a".repeat(249)}`],
    ...[
      "a".repeat(255),
      `a@sha256:${"0".repeat(63)}`,
      `a@sha256:${"A".repeat(64)}`,
      `a@md5:${"0".repeat(32)}`,
      "a@b@c",
    ],
    "x".repeat(1_000_000),
  ])("'%s' is none", (image) => {
    expect(imageProblem(image)).toEqual(expect.any(String));
  });
});

test("bytes are counted as UTF-8 has them", () => {
  for (const text of ["", "abc", "é", "€", "🎉", "a🎉é€\0", "\u07ff\u0800\uffff"])
    expect(byteLength(text)).toBe(Buffer.byteLength(text));
});
