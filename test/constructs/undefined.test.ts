import { describe, expect, test } from "vitest";
import {
  type App,
  aws,
  Cluster,
  external,
  Fleet,
  Gateway,
  http,
  rolling,
  Secret,
  Service,
  ssm,
  Volume,
  type Finding,
  type ServiceProps,
} from "lightfleet";
import { small, type Small, type SmallOptions } from "../program/small.js";
import { errorOf, findingsOf, synthesize } from "../program/synthesize.js";

/** What `process.env.X` is where nobody set it, for the types a plain value. */
const unset = undefined as never;

/** What is wrong with a small program that is changed. */
const findings = (declare: (parts: Small, app: App) => void): readonly Finding[] =>
  findingsOf((app) => {
    declare(small(app, { gateway: false }), app);
  });

const service = (props: object): readonly Finding[] =>
  findings(({ cluster, fleet }) => void new Service(cluster, "api", { on: fleet, image: "api:1", ...props }));

describe("'undefined' is one error at its prop, with its line", () => {
  test.each<[string, () => readonly Finding[]]>([
    ["on", () => service({ on: unset })],
    ["image", () => service({ image: unset })],
    ["memory", () => service({ memory: unset })],
    ["user", () => service({ user: unset })],
    ["stopGrace", () => service({ stopGrace: unset })],
    ["env.A", () => service({ env: { A: unset, B: "1" } })],
    ["args[1]", () => service({ args: ["x", unset] })],
    ["labels.a", () => service({ labels: { a: unset } })],
    ['files["/x"]', () => service({ files: { "/x": unset } })],
    ['sysctl["net.core.somaxconn"]', () => service({ sysctl: { "net.core.somaxconn": unset } })],
    ["ports.a", () => service({ ports: { a: unset } })],
    ["secrets.a", () => service({ secrets: { a: unset } })],
    ['volumes["/a"]', () => service({ volumes: { "/a": unset } })],
    ["on[0]", () => service({ on: [unset] })],
    ["health.path", () => service({ port: 80, health: http(unset) })],
    ["rollout.order", () => service({ rollout: { kind: "rolling", order: unset } })],
    ["machine", () => findings(({ cluster }) => void new Fleet(cluster, "more", { machine: unset, size: 1 }))],
    ["size", () => findings(({ cluster }) => void new Fleet(cluster, "more", { machine: "t4g.small", size: unset }))],
    [
      "size.min",
      () =>
        findings(
          ({ cluster }) => void new Fleet(cluster, "more", { machine: "t4g.small", size: { min: unset, max: 3 } }),
        ),
    ],
    ["platform", () => findings((_, app) => void new Cluster(app, "other", { platform: unset }))],
    [
      "platform.region",
      () => findings((_, app) => void new Cluster(app, "other", { platform: aws({ region: unset }) })),
    ],
    ["tags.a", () => findingsOf((app) => void small(app, { cluster: { tags: { a: unset } } }))],
    ["account", () => findingsOf((app) => void small(app, { cluster: { account: unset } }))],
    ["routes", () => findings(({ cluster }) => void new Gateway(cluster, "public", { routes: unset }))],
    [
      "hosts[0]",
      () =>
        findings(
          ({ cluster, service }) => void new Gateway(cluster, "public", { routes: { "/": service }, hosts: [unset] }),
        ),
    ],
    ["source", () => findings(({ cluster }) => void new Secret(cluster, "s", { source: unset }))],
    ["source.name", () => findings(({ cluster }) => void new Secret(cluster, "s", { source: ssm(unset) }))],
    ["as", () => findings(({ service }) => void service.uses(external("a.com", 1), { as: unset }))],
    ["external().host", () => findings(({ service }) => void service.uses(external(unset, 1), { as: "A" }))],
    ["uses()", () => findings(({ service }) => void service.uses(unset, { as: "A" }))],
    ["id", () => findings(({ cluster, fleet }) => void new Service(cluster, unset, { on: fleet, image: "api:1" }))],
  ])("%s", (prop, found) => {
    const all = found();
    expect(all).toMatchObject([{ code: "LF025" }]);
    expect(all[0]!.message).toContain(`'${prop}' is undefined`);
    expect(all[0]!.source?.line).toBeGreaterThan(0);
  });

  test("what is missing altogether is named", () => {
    const all = findings(({ cluster }) => void new Service(cluster, "api", {} as never));
    expect(all.map(({ code, message }) => [code, message.split(":")[0]])).toEqual([
      ["LF025", "'on' is missing"],
      ["LF025", "'image' is missing"],
    ]);
    expect(findings(({ cluster }) => void new Service(cluster, "api", unset))).toMatchObject([{ code: "LF025" }]);
  });

  test("a scope that is none ends the program at its line", () => {
    const error = errorOf(() => new Service(unset, "api", unset));
    expect(error).toMatchObject({ code: "LF021", kind: "config" });
    expect(error.findings[0]?.source?.file).toBe("test/constructs/undefined.test.ts");
  });

  test("a scope of another copy of the package constructs is told apart", () => {
    const foreign = { [Symbol.for("constructs.Construct")]: true };
    expect(errorOf(() => new Service(foreign as never, "api", unset))).toMatchObject({ code: "LF041", kind: "config" });
  });
});

describe("'undefined' leaves out an option that holds no text", () => {
  const props = {
    replicas: unset,
    everywhere: unset,
    port: unset,
    ports: unset,
    hostPort: unset,
    cpu: unset,
    cpuLimit: unset,
    pids: unset,
    maxPerVm: unset,
    platforms: unset,
    env: unset,
    args: unset,
    openFiles: unset,
    sysctl: unset,
    health: unset,
    rollout: unset,
    secrets: unset,
    volumes: unset,
    files: unset,
    readOnly: unset,
    capabilities: unset,
    labels: unset,
  };

  const modelOf = (declare: (parts: Small) => void, options: SmallOptions = {}) =>
    synthesize((app) => {
      declare(small(app, { gateway: false, ...options }));
    }).model;
  const withService = (more: object) =>
    modelOf(({ cluster, fleet }) => void new Service(cluster, "api", { on: fleet, image: "api:1", ...more }));

  test("of a service, whose model is as if they were not there", () => {
    expect(withService(props)).toEqual(withService({}));
  });

  test("over what a helper gives by default", () => {
    const part = (more: Partial<ServiceProps>) => ({ port: 80, health: http("/"), capabilities: ["CHOWN"], ...more });
    expect(withService(part({ health: unset, port: unset, capabilities: unset }))).toEqual(withService({}));
  });

  test("within options", () => {
    const health = { port: unset, retries: unset };
    expect(withService({ port: 80, health: http("/", health), rollout: rolling({ parallel: unset }) })).toEqual(
      withService({ port: 80, health: http("/") }),
    );
  });

  test("of other constructs", () => {
    const size = { min: 1, max: 2 };
    const plain = modelOf(({ cluster, service: to }) => {
      new Fleet(cluster, "more", { machine: "t4g.small", size });
      new Gateway(cluster, "public", { routes: { "/": to } });
      new Volume(cluster, "data");
    });
    expect(
      modelOf(
        ({ cluster, service: to }) => {
          new Fleet(cluster, "more", { machine: "t4g.small", size: { ...size, desired: unset }, spot: unset });
          new Gateway(cluster, "public", {
            routes: { "/": { service: to, port: unset } },
            hosts: unset,
            internal: unset,
          });
          new Volume(cluster, "data", { shared: unset });
        },
        { cluster: { control: unset, state: unset, tags: unset }, platform: { zones: unset } },
      ),
    ).toEqual(plain);
  });
});

describe("an unknown option is refused with the nearest known one", () => {
  test.each<[object, string, string]>([
    [{ replica: 3 }, "replica", "replicas"],
    [{ healthcheck: http("/") }, "healthcheck", "health"],
    [{ volume: {} }, "volume", "volumes"],
    [{ Memory: "1GiB" }, "Memory", "memory"],
    [{ enviroment: {} }, "enviroment", "its options are"],
    [{ environment: {} }, "environment", "'env'"],
    [{ stop_grace_period: "30s" }, "stop_grace_period", "'stopGrace'"],
    [{ command: ["x"] }, "command", "'args'"],
    [{ instances: 3 }, "instances", "'replicas'"],
    [{ health: { ...http("/"), retry: 1 }, port: 80 }, "health.retry", "retries"],
  ])("%j", (props, prop, near) => {
    expect(service(props)).toMatchObject([
      {
        code: "LF024",
        message: expect.stringContaining(`'${prop}' is no option`),
        hint: expect.stringContaining(near),
      },
    ]);
  });

  test("of each construct", () => {
    expect(
      findings(({ cluster }) => void new Fleet(cluster, "m", { machine: "t4g.small", size: 1, zone: "a" } as never)),
    ).toMatchObject([{ code: "LF024", hint: "did you mean 'zones'?" }]);
    expect(findingsOf((app) => void small(app, { platform: { zone: 3 } as never }))).toMatchObject([
      { code: "LF024", hint: "did you mean 'zones'?" },
    ]);
    expect(
      findings(({ service }) => void service.uses(external("a.com", 1), { As: "A" } as never)).map((f) => f.code),
    ).toEqual(["LF024"]);
  });
});

test("a number where a unit belongs is told its unit", () => {
  expect(service({ memory: 128, stopGrace: 30 })).toMatchObject([
    { code: "LF026", hint: expect.stringContaining('"128MiB"') },
    { code: "LF026", hint: expect.stringContaining('"30s"') },
  ]);
});

describe("a value of another kind is refused at its prop", () => {
  test.each<[string, object]>([
    ["image", { image: 3 }],
    ["memory", { memory: 128 }],
    ["replicas", { replicas: "3" }],
    ["env", { env: "A=1" }],
    ["env.PORT", { env: { PORT: 8080 } }],
    ["args", { args: "x" }],
    ["args[0]", { args: [null] }],
    ["on", { on: "core" }],
    ["readOnly", { readOnly: "yes" }],
    ["health", { port: 80, health: "/healthz" }],
    ["health.command", { health: { kind: "command", command: "true" } }],
    ["volumes", { volumes: ["/data"] }],
    ['volumes["/data"]', { volumes: { "/data": "data" } }],
    ["rollout", { rollout: "rolling" }],
    ["ports.a", { ports: { a: "80" } }],
    ["platforms", { platforms: "linux/amd64" }],
    ["stopGrace", { stopGrace: 30 }],
    ["cpu", { cpu: "0.5" }],
    ["labels.a", { labels: { a: true } }],
    ["user", { user: 1000 }],
  ])("%s", (prop, props) => {
    expect(service(props)).toMatchObject([{ code: "LF026", message: expect.stringContaining(`'${prop}' (`) }]);
  });
});
