import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Model } from "lightfleet";
import { Hole } from "../../../node/json.js";
import { releaseBundle } from "../../../node/release.js";
import { fleetModel, modelOf, serviceModel } from "../../program/random-model.js";
import { onEngines } from "./on-engines.js";
import { previousPrograms, whyNoPrevious } from "./previous-programs.js";
import { isDeployed, Programs } from "./programs.js";

/**
 * The specs that the release programs make are those of `docker stack deploy`, which the programs before called: over random
 * models, each released by both, all that the engine keeps is equal. So an upgrade restarts nothing.
 */
const MODELS = 25;

type Service = Model["services"][number];

// Signs beyond the basic plane were refused by the command's YAML.
const text = fc.string({
  unit: fc.constantFrom("a", "é", "$", "{", "}", '"', "\\", "\n", " ", "#", ":", "漢"),
  maxLength: 8,
});
const duration = fc.integer({ min: 1_000, max: 90_000 });
const word = fc.stringMatching(/^[a-z]{1,8}$/);

const health: fc.Arbitrary<Service["health"]> = fc
  .tuple(duration, duration, fc.integer({ min: 1, max: 5 }), fc.constantFrom("tcp", "http", "command", null))
  .map(([intervalMs, graceMs, retries, kind]) => {
    const times = { intervalMs, timeoutMs: 1_500, retries, graceMs };
    if (kind === null) return null;
    if (kind === "command") return { kind, command: ["test", "-e", "/$x"], ...times };
    return kind === "tcp" ? { kind, port: 80, ...times } : { kind, port: 80, path: "/health", ...times };
  });

const props: fc.Arbitrary<Partial<Service>> = fc.record(
  {
    replicas: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant("everywhere" as const)),
    cpuMilli: fc.constantFrom(0, 1, 250, 1_001),
    memoryMiB: fc.constantFrom(0, 16, 100),
    cpuLimitMilli: fc.constantFrom(null, 333, 2_000),
    memoryLimitMiB: fc.constantFrom(null, 128),
    pids: fc.constantFrom(null, 100),
    shmMiB: fc.constantFrom(null, 32),
    env: fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,3}$/), text),
    args: fc.option(fc.array(text, { minLength: 1, maxLength: 3 })),
    user: fc.constantFrom(null, "1000:1000"),
    openFiles: fc.constantFrom(null, 4_096),
    sysctl: fc.constantFrom<Record<string, string>>(
      {},
      { "net.core.somaxconn": "1024", "net.ipv4.ip_local_port_range": "1024 65000" },
    ),
    health,
    rollout: fc.record({
      parallel: fc.integer({ min: 0, max: 3 }),
      order: fc.constantFrom("start-first", "stop-first"),
      pauseMs: duration,
      onFailure: fc.constantFrom("rollback", "pause"),
    }) as fc.Arbitrary<Service["rollout"]>,
    stopGraceMs: duration,
    secrets: fc.constantFrom<Record<string, string>>({}, { a: "one" }, { z: "one", b: "two" }),
    volumes: fc.constantFrom<Record<string, string>>({}, { "/data": "data" }, { "/data": "data", "/media": "media" }),
    files: fc.dictionary(
      word.map((name) => `/etc/${name}`),
      text.filter((some) => some !== ""),
    ),
    readOnly: fc.boolean(),
    capabilities: fc.constantFrom(null, [], ["NET_BIND_SERVICE", "CHOWN"]),
    labels: fc.dictionary(word, text),
    entrypoint: fc.array(text, { minLength: 1, maxLength: 2 }),
    workingDir: fc.constantFrom("/", "/app"),
    hostname: word,
    init: fc.constant(true),
    tty: fc.constant(true),
    stopSignal: fc.constantFrom("SIGQUIT", "SIGRTMIN+3"),
    fileOwners: fc.dictionary(
      word.map((name) => `/etc/${name}`),
      fc.record({ mode: fc.constantFrom(0, 0o755), uid: fc.constantFrom(0, 1_000) }, { requiredKeys: [] }),
    ),
    tmpfs: fc.constantFrom<Record<string, number>>({ "/tmp": 64 }, { "/run": 1, "/tmp": 2 }),
    ulimits: fc.constantFrom<Record<string, { soft: number; hard: number }>>(
      { core: { soft: 0, hard: 0 } },
      { memlock: { soft: -1, hard: -1 }, nproc: { soft: 10, hard: 20 } },
    ),
    extraHosts: fc.constantFrom<Record<string, string>>({ a: "10.1.2.3" }, { a: "10.1.2.3", "b.c": "10.1.2.4" }),
    dns: fc.constantFrom(["10.1.2.3"], ["10.1.2.4", "10.1.2.3"]),
    restart: fc.record({
      condition: fc.constantFrom("any" as const, "on-failure" as const),
      delayMs: fc.oneof(duration, fc.constant(0)),
      maxAttempts: fc.constantFrom(null, 3),
      windowMs: fc.option(duration),
    }),
  },
  { requiredKeys: [] },
);

const model = fc.tuple(props, props).map(([one, other]): Model => {
  const port = [{ name: "main", port: 80, hostPort: null }];
  const services = [
    { ...serviceModel("one", ["core"], port), image: "127.0.0.1:1/one", ...one },
    {
      ...serviceModel("other", ["core", "extra"], [{ name: "main", port: 81, hostPort: 9_000 }]),
      image: "127.0.0.1:1/other:1",
      discovery: "dns" as const,
      ...other,
    },
  ];
  return {
    ...modelOf([fleetModel("core"), fleetModel("extra"), fleetModel("third")], services, [
      {
        id: "public",
        internal: false,
        certificate: null,
        hosts: [],
        routes: [{ path: "/", service: "one", port: 80 }],
      },
    ]),
    secrets: ["one", "two"].map((id) => ({ id, from: "ssm", name: `/${id}` })),
    volumes: [
      { id: "data", kind: "node" },
      { id: "media", kind: "shared" },
    ],
  } as Model;
});

const previous = whyNoPrevious();
if (previous !== undefined) console.warn(`skipped: specs beside those of docker stack deploy: ${previous}`);

interface Listed {
  readonly ID: string;
  readonly Spec: { readonly Name: string; readonly Labels?: Readonly<Record<string, string>> };
}

onEngines("specs of services", 1, (swarm) => {
  const list = async (kind: string): Promise<Listed[]> => (await swarm().manager.call("GET", `/${kind}`)) as Listed[];
  const specs = async (): Promise<unknown> =>
    Object.fromEntries((await list("services")).map(({ Spec }) => [Spec.Name, sortedReferences(Spec)]));

  /** The order of one secret's files is left to chance by the command. */
  const sortedReferences = (spec: unknown): unknown =>
    JSON.parse(
      JSON.stringify(spec, (key, value: unknown) =>
        key === "Secrets" && Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value,
      ),
    );

  /** Removes all services, and what the swarm remembers of releases. */
  async function forget(): Promise<void> {
    for (const { ID } of await list("services")) await swarm().manager.call("DELETE", `/services/${ID}`);
    for (const { ID, Spec } of await list("configs"))
      if (Spec.Labels?.["lightfleet.record"] !== undefined) await swarm().manager.call("DELETE", `/configs/${ID}`);
  }

  describe.skipIf(previous !== undefined)("of the release programs", () => {
    test(`are those of docker stack deploy, over ${MODELS} random models`, async () => {
      const { engines, manager, programs } = swarm();
      const before = Programs.start(engines, manager, previousPrograms(engines.home));
      for (const side of [before, programs]) await side.keep("shop", { "/one": "1", "/two": "2" });
      const models = fc.sample(model, { numRuns: MODELS, seed: 11 });
      for (const [index, one] of models.entries()) {
        const bundle = { ...(releaseBundle(one, { volumeHosts: new Map() }) as object), index };
        const text = JSON.stringify(bundle, (_, part: unknown) => (part instanceof Hole ? part.template : part));
        expect(await before.release("shop", text), text).toSatisfy(isDeployed);
        const wanted = await specs();
        await forget();
        expect(await programs.release("shop", text), text).toSatisfy(isDeployed);
        expect({ index, specs: await specs() }).toEqual({ index, specs: wanted });
        const { services } = (await programs.status("shop")) as { services: Record<string, { differs?: string[] }> };
        expect(Object.values(services).flatMap(({ differs = [] }) => differs)).toEqual([]);
        await forget();
      }
      console.log(`${swarm().version}: the specs of ${models.length} models are those of docker stack deploy`);
    });
  });
});
