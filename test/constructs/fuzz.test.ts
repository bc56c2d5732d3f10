import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  App,
  aws,
  Cluster,
  command,
  external,
  Fleet,
  Gateway,
  http,
  LightfleetError,
  rolling,
  s3,
  Secret,
  Service,
  ssm,
  tcp,
  Volume,
} from "lightfleet";
import { runs } from "../program/runs.js";
import { readCluster, withOutput } from "../program/synthesize.js";

/** Programs to try: each takes some milliseconds. */
const PROGRAMS = runs(250, 5_000);

/** Values that no prop, or not every prop, can have. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, NaN, Infinity, -1, 0, 1.5, 2 ** 53, true, false, 10n, Symbol("x")),
  fc.constantFrom<unknown>(
    "",
    " ",
    "..",
    "a\0b",
    "\ud83c",
    "🎉",
    "${x",
    "{{ .x }}",
    "__proto__",
    "constructor",
    "\u0001",
  ),
  fc.constantFrom<unknown>("${TfToken[TOKEN.99999]}", "#{TfToken[TOKEN.1]}", "a".repeat(300), "1GB", "10.0.0.0/8"),
  fc.constantFrom<unknown>([], {}, () => 1, new Map(), new Date(0), [undefined], [null], [[]], { a: undefined }),
  fc.constantFrom<unknown>(Object.create(null), JSON.parse('{"__proto__":{"x":1}}'), /x/, new Proxy({}, {})),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 2 }),
);

/** One option of a construct, as it could be written rightly; the fuzz puts something else in its place. */
const PARTS = {
  app: { outdir: undefined },
  cluster: {
    control: { size: 1 },
    production: false,
    account: "123456789012",
    tags: { a: "b" },
    state: s3({ bucket: "acme-state" }),
  },
  aws: { region: "eu-west-1", zones: 2, cidr: "10.0.0.0/16", nat: "one", peers: ["10.9.0.0/16"] },
  fleet: {
    machine: "m7g.large",
    size: { min: 1, max: 3, desired: 2 },
    spot: 0.5,
    zones: ["a"],
    disk: "20GiB",
    tags: {},
    os: { openFiles: 4096 },
  },
  service: {
    ...{
      image: "a:1",
      replicas: 2,
      everywhere: false,
      port: 80,
      cpu: 0.1,
      memory: "64MiB",
      cpuLimit: 1,
      memoryLimit: "128MiB",
    },
    ...{
      pids: 100,
      shm: "64MiB",
      maxPerVm: 2,
      platforms: ["linux/arm64"],
      env: { A: "1" },
      args: ["x"],
      user: "1:1",
      openFiles: 2048,
    },
    ...{
      sysctl: { "net.core.somaxconn": 1 },
      health: http("/"),
      rollout: rolling(),
      stopGrace: "10s",
      files: { "/x": "x" },
      readOnly: true,
    },
    ...{ capabilities: ["KILL"], labels: { a: "b" }, secrets: {}, volumes: {}, ports: {}, hostPort: 81, on: undefined },
  },
  container: {
    ...{ image: "a:1", on: undefined, entrypoint: ["/a"], workingDir: "/a", hostname: "a", init: true, tty: true },
    ...{ stopSignal: "SIGQUIT", tmpfs: { "/tmp": "1MiB" }, ulimits: { core: { soft: 0, hard: 1 } }, dns: ["10.1.2.3"] },
    ...{ addCapabilities: ["IPC_LOCK"], dropCapabilities: ["MKNOD"], extraHosts: { a: "10.1.2.3" }, discovery: "dns" },
    restart: { condition: "any", delay: "1s", maxAttempts: 3, window: "1m" },
  },
  uses: { as: "X", port: 80 },
  gateway: {
    routes: {},
    hosts: ["a.com"],
    certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/x",
    internal: false,
  },
  volume: { shared: false },
  secret: { source: ssm("/x") },
} as const;
type Part = keyof typeof PARTS;

interface Spoilt {
  readonly part: Part;
  readonly prop: string;
  /** Below the prop, where it holds something: an entry that is put there. */
  readonly inside: string | undefined;
  readonly value: unknown;
}

const spoilt: fc.Arbitrary<Spoilt> = fc.constantFrom(...(Object.keys(PARTS) as Part[])).chain((part) =>
  fc.record({
    part: fc.constant(part),
    prop: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...Object.keys(PARTS[part])) },
      { weight: 1, arbitrary: fc.string() },
    ),
    inside: fc.option(fc.constantFrom("0", "a", "/a", "kind", "path", "min", "__proto__"), { nil: undefined, freq: 2 }),
    value: hostile,
  }),
);

/** Runs a program with something wrong in it. @returns what it wrote, or the error that it threw */
function run(spoils: readonly Spoilt[], id: unknown): string | Error {
  const props = (part: Part, more: object = {}): never => {
    const given: Record<string, unknown> = { ...more };
    for (const { prop, inside, value } of spoils.filter((one) => one.part === part))
      given[prop] = inside === undefined ? value : { [inside]: value };
    return given as never;
  };
  return withOutput((outdir) => {
    try {
      const app = new App({ outdir });
      const cluster = new Cluster(
        app,
        "shop",
        props("cluster", { platform: aws(props("aws", { region: "eu-west-1" })) }),
      );
      const core = new Fleet(cluster, "core", props("fleet", { machine: "m7g.large", size: 2 }));
      const volume = new Volume(cluster, "data", props("volume"));
      const secret = new Secret(cluster, "key", props("secret", { source: ssm("/k") }));
      const common = { on: core, image: "a:1", port: 80, volumes: { "/data": volume }, secrets: { key: secret } };
      const service = new Service(cluster, id as string, props("service", common));
      const other = new Service(cluster, "other", { on: core, image: "b:1", health: command(["x"]), port: 81 });
      other.uses(service, props("uses", { as: "X" })).uses(external("a.com", 443), { as: "Y" });
      new Service(cluster, "third", { on: [core], image: "c:1", port: 82, health: tcp() });
      new Service(cluster, "fourth", props("container", { on: core, image: "d:1" }));
      new Gateway(cluster, "public", props("gateway", { routes: { "/": other } }));
      app.synth();
      const { files } = readCluster(outdir, "shop");
      return files.document + files.model;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  });
}

describe(`${PROGRAMS} programs with hostile values`, () => {
  test("are told what is wrong at a line of theirs, or give the same bytes twice", () => {
    const id = fc.oneof({ weight: 9, arbitrary: fc.constant<unknown>("api") }, { weight: 1, arbitrary: hostile });
    fc.assert(
      fc.property(fc.array(spoilt, { minLength: 1, maxLength: 3 }), id, (spoils, id) => {
        const first = run(spoils, id);
        if (typeof first === "string") {
          expect(run(spoils, id)).toBe(first);
          return;
        }
        if (!LightfleetError.is(first)) throw first;
        expect(first.findings.length).toBeGreaterThan(0);
        for (const { source } of first.findings) expect(source?.line).toBeGreaterThan(0);
      }),
      { numRuns: PROGRAMS },
    );
  }, 600_000);
});
