import fc from "fast-check";
import { TerraformOutput } from "cdktf";
import { describe, expect, test } from "vitest";
import type { App } from "lightfleet";
import {
  aws,
  Cluster,
  command,
  external,
  Fleet,
  Gateway,
  http,
  Mesh,
  Secret,
  Service,
  ssm,
  type Finding,
  type Model,
  type ServiceProps,
} from "lightfleet";
import { edgesOf } from "../../preview/system/edges.js";
import { small } from "../program/small.js";
import { findingsOf, synthesize } from "../program/synthesize.js";

/** A cluster with a database of one port, one of several, and a worker with none. */
interface Parts {
  readonly app: App;
  readonly cluster: Cluster;
  readonly fleet: Fleet;
  readonly db: Service;
  readonly metrics: Service;
  readonly worker: Service;
  /** Declares one more service. */
  readonly part: (id: string, props?: Partial<ServiceProps>) => Service;
}

const declare = (program: (parts: Parts) => void) => (app: App) => {
  const { cluster, fleet } = small(app, { gateway: false });
  const part = (id: string, props: Partial<ServiceProps> = {}) =>
    new Service(cluster, id, { on: fleet, image: `${id}:1`, ...props });
  const [db, metrics, worker] = [
    part("db", { port: 5432 }),
    part("metrics", { ports: { api: 9090, admin: { port: 9091 } } }),
    part("worker"),
  ];
  program({ app, cluster, fleet, part, db, metrics, worker });
};
const modelOf = (program: (parts: Parts) => void): Model => synthesize(declare(program)).model;
const serviceOf = (model: Model, id: string): Model["services"][number] => model.services.find((one) => one.id === id)!;
const api = (props: (parts: Parts) => Partial<ServiceProps>): Model["services"][number] =>
  serviceOf(
    modelOf((parts) => void parts.part("api", props(parts))),
    "api",
  );
const findings = (program: (parts: Parts) => void): readonly Finding[] => findingsOf(declare(program));

const toDb = { to: { service: "db" }, port: 5432 };

describe("an address in a value is the text, and the edge", () => {
  test.each<[string, (parts: Parts) => Partial<ServiceProps>, Partial<Model["services"][number]>]>([
    ["a variable", ({ db }) => ({ env: { DB: db.address } }), { env: { DB: "db:5432" } }],
    [
      "a longer text",
      ({ db }) => ({ env: { DB: `postgres://app@${db.address}/shop?host=${db.host}&port=${db.port}` } }),
      { env: { DB: "postgres://app@db:5432/shop?host=db&port=5432" } },
    ],
    ["the host alone", ({ db }) => ({ env: { HOST: db.host } }), { env: { HOST: "db" } }],
    ["the port alone", ({ db }) => ({ env: { PORT: db.port } }), { env: { PORT: "5432" } }],
    ["an argument", ({ db }) => ({ args: ["--db", db.address] }), { args: ["--db", "db:5432"] }],
    [
      "a file",
      ({ db }) => ({ files: { "/etc/app.json": JSON.stringify({ db: db.address, x: [db.port] }) } }),
      { files: { "/etc/app.json": '{"db":"db:5432","x":["5432"]}' } },
    ],
    ["a function", ({ db }) => ({ env: { DB: () => `x${db.address}` } }), { env: { DB: "xdb:5432" } }],
  ])("in %s", (_, props, model) => {
    expect(api(props)).toMatchObject({ ...model, uses: [toDb] });
    expect(api(props).uses).toHaveLength(1);
  });

  test("in a health command", () => {
    expect(api(({ db }) => ({ health: command(["check", db.host]) }))).toMatchObject({
      health: { command: ["check", "db"] },
      uses: [toDb],
    });
  });

  test("of one of several ports", () => {
    const { env, uses } = api(({ metrics }) => ({
      env: { A: metrics.at("admin").address, B: metrics.at(9090).address, C: metrics.at("api").port, D: metrics.host },
    }));
    expect(env).toEqual({ A: "metrics:9091", B: "metrics:9090", C: "9090", D: "metrics" });
    expect(uses).toEqual([
      { to: { service: "metrics" }, port: 9090 },
      { to: { service: "metrics" }, port: 9091 },
    ]);
  });

  test("of a host outside", () => {
    const { env, uses } = api(() => {
      const redis = external("redis.example.com", 6380);
      return { env: { URL: `rediss://${redis.address}/0`, HOST: redis.host, PORT: redis.port } };
    });
    expect(env).toEqual({
      URL: "rediss://redis.example.com:6380/0",
      HOST: "redis.example.com",
      PORT: "6380",
    });
    expect(uses).toEqual([{ to: { host: "redis.example.com" }, port: 6380 }]);
  });

  test("of a host that only Terraform knows", () => {
    const { env, uses } = api(({ fleet }) => {
      const db = external(fleet.roleName, 5432);
      return { env: { URL: `postgres://app@${db.address}/\${x}`, PORT: db.port } };
    });
    const host = uses[0]!.to as { readonly host: { readonly terraform: string } };
    expect(env).toEqual({
      PORT: "5432",
      URL: { terraform: `postgres://app@${host.host.terraform}:5432/$\${x}` },
    });
  });

  test("beside an edge with a variable, it is the same edge", () => {
    const { uses } = serviceOf(
      modelOf(({ part, db }) => part("api", { env: { HOST: db.host, URL: db.address } }).uses(db, { as: "DB" })),
      "api",
    );
    expect(uses).toEqual([{ as: "DB", ...toDb }]);
  });

  test("within the service itself it is none", () => {
    const { env, uses } = api((parts) => ({
      port: 80,
      env: { SELF: () => (parts.cluster.node.findChild("api") as Service).address },
    }));
    expect([env, uses]).toEqual([{ SELF: "api:80" }, []]);
  });

  test("two services may name each other", () => {
    const model = modelOf(({ part }) => {
      const env: Record<string, string> = {};
      const a: Service = part("a", { port: 1, env: { B: () => b.address } });
      const b = part("b", { port: 2, env });
      env["A"] = a.address;
    });
    expect(serviceOf(model, "a")).toMatchObject({ env: { B: "b:2" }, uses: [{ to: { service: "b" }, port: 2 }] });
    expect(serviceOf(model, "b")).toMatchObject({ env: { A: "a:1" }, uses: [{ to: { service: "a" }, port: 1 }] });
  });
});

describe("an edge without a variable", () => {
  test("is to the only port, to all, or to those that are named", () => {
    const model = modelOf(({ part, db, metrics }) => {
      part("a").uses(db);
      part("b").uses(metrics);
      part("c").uses(metrics).uses(metrics, { port: 9091 });
    });
    expect(serviceOf(model, "a")).toMatchObject({ env: {}, uses: [toDb] });
    expect(serviceOf(model, "b").uses.map(({ port }) => port)).toEqual([9090, 9091]);
    expect(serviceOf(model, "c").uses.map(({ port }) => port)).toEqual([9091]);
  });

  test("puts nothing into the container", () => {
    const bundleOf = (program: (parts: Parts) => void) => synthesize(declare(program)).files.document;
    expect(bundleOf(({ part, db }) => part("api").uses(db, { as: "DB" }))).toContain("db:5432");
    expect(bundleOf(({ part, db }) => part("api").uses(db))).not.toContain("db:5432");
  });
});

describe("the same network, rules and order as with a variable", () => {
  test("in Terraform's document, but for the variable", () => {
    const documentOf = (program: (parts: Parts) => void) => synthesize(declare(program)).document;
    const other = ({ cluster }: Parts) => new Fleet(cluster, "other", { machine: "t4g.small", size: 1 });
    const [named, valued] = [
      documentOf((parts) => parts.part("api", { on: other(parts) }).uses(parts.db, { as: "DB" })),
      documentOf((parts) => parts.part("api", { on: other(parts), env: { DB: parts.db.address } })),
    ];
    expect(valued).toEqual(named);
  });

  test("in the edges that previews compare", () => {
    const named = modelOf(({ part, db }) => part("api").uses(db, { as: "DB" }));
    const valued = modelOf(({ part, db }) => part("api", { env: { DB: db.address } }));
    expect(edgesOf(valued)).toEqual(edgesOf(named));
  });
});

describe("what takes an address apart is refused at its line", () => {
  const apart: readonly [string, (address: string) => string][] = [
    ["slice", (address) => address.slice(0, 3)],
    ["one character", (address) => address[0]!],
    ["the end", (address) => address.slice(-2)],
    ["toUpperCase", (address) => address.toUpperCase()],
    ["split", (address) => address.split(":")[0]!],
    ["replace", (address) => address.replace(":5432", "")],
    ["reverse", (address) => [...address].reverse().join("")],
    ["encodeURIComponent", (address) => encodeURIComponent(address)],
    ["Base64", (address) => Buffer.from(`ab${address}`).toString("base64")],
    ["Base64 elsewhere", (address) => Buffer.from(`user:pass@${address}`).toString("base64url")],
    ["hexadecimal", (address) => Buffer.from(address).toString("hex")],
  ];
  test.each(apart)("%s", (_, take) => {
    for (const props of [
      (text: string) => ({ env: { A: `x${text}` } }),
      (text: string) => ({ args: [text] }),
      (text: string) => ({ files: { "/a": text } }),
      (text: string) => ({ env: { A: () => text } }),
      (text: string) => ({ health: command(["x", text]) }),
    ]) {
      const found = findings(({ part, db }) => void part("api", props(take(db.address))));
      expect(found).toMatchObject([{ code: "LF078", path: "shop/api" }]);
      expect(found[0]!.source?.file).toBe("test/constructs/addresses.test.ts");
    }
  });

  test("also in an object that is changed after it was handed over", () => {
    const found = findings(({ part, db }) => {
      const env: Record<string, string> = { A: "1" };
      part("api", { env });
      env["A"] = db.address.slice(2);
    });
    expect(found).toMatchObject([{ code: "LF078" }]);
  });
});

describe("an address where no value of a service is is refused", () => {
  test.each<[string, (parts: Parts) => unknown]>([
    ["an image", ({ part, db }) => part("api", { image: db.host })],
    ["a label", ({ part, db }) => part("api", { labels: { a: db.address } })],
    ["a user", ({ part, db }) => part("api", { user: db.host })],
    ["a path of a health check", ({ part, db }) => part("api", { port: 80, health: http(`/${db.host}`) })],
    ["the name of a variable", ({ part, db }) => part("api", { env: { [db.host]: "x" } })],
    ["'as'", ({ part, db }) => part("api").uses(db, { as: db.host })],
    ["a tag", ({ cluster, db }) => new Fleet(cluster, "f", { machine: "t4g.small", size: 1, tags: { a: db.host } })],
    ["a host of a gateway", ({ cluster, db }) => new Gateway(cluster, "g", { routes: { "/": db }, hosts: [db.host] })],
    ["a host outside", ({ part, db }) => part("api").uses(external(db.host, 1), { as: "A" })],
    ["the source of a secret", ({ cluster, db }) => new Secret(cluster, "s", { source: ssm(`/${db.host}`) })],
    ["a reason", ({ db }) => db.acknowledge("LF203", db.address)],
    ["a resource of Terraform", ({ cluster, db }) => new TerraformOutput(cluster, "o", { value: `x${db.address}` })],
  ])("%s", (_, program) => {
    const found = findings((parts) => void program(parts));
    expect(found).toMatchObject([{ code: "LF077" }]);
    expect(found[0]!.source?.file).toBe("test/constructs/addresses.test.ts");
  });
});

describe("an address that cannot be is refused where it was taken", () => {
  test.each<[string, (parts: Parts) => unknown]>([
    ["LF009", ({ part, worker }) => part("api", { env: { A: worker.address } })],
    ["LF009", ({ part, worker }) => part("api", { env: { A: worker.host } })],
    ["LF009", ({ part, worker }) => part("api").uses(worker)],
    ["LF010", ({ part, metrics }) => part("api", { env: { A: metrics.address } })],
    ["LF010", ({ part, metrics }) => part("api", { env: { A: metrics.at("apo").address } })],
    ["LF010", ({ part, db }) => part("api", { env: { A: db.at(80).address } })],
    ["LF008", ({ part, metrics }) => part("api", { ports: { a: 1, b: 2 } }) && metrics.uses(metrics)],
    ["LF018", ({ part }) => part("api", { env: { A: external("a b", 1).address } })],
    ["LF025", ({ part }) => part("api", { env: { A: external(undefined as never, 1).address } })],
    [
      "LF017",
      ({ app, db }) => {
        const other = new Cluster(app, "other", { platform: aws({ region: "eu-west-1" }) });
        const on = new Fleet(other, "core", { machine: "t4g.small", size: 1 });
        return new Service(other, "api", { on, image: "api:1", env: { A: db.address } });
      },
    ],
    ["LF022", ({ part, fleet }) => part("api", { health: command(["x", external(fleet.roleName, 1).host]) })],
    ["LF025", ({ part }) => part("api", { env: { A: (() => undefined) as never } })],
    ["LF026", ({ part }) => part("api", { env: { A: (() => 3) as never } })],
    ["LF023", ({ part }) => part("api", { env: { A: () => part("late", { port: 1 }).address } })],
  ])("%s", (code, program) => {
    const found = findings((parts) => void program(parts));
    expect(found).toMatchObject([{ code }]);
    expect(found[0]!.source?.file).toBe("test/constructs/addresses.test.ts");
  });
});

describe("a mesh", () => {
  test("lets each use each, at all ports, and who has none the others", () => {
    const model = modelOf(({ cluster, db, metrics, worker }) => {
      new Mesh(cluster, "bus", { services: [db, metrics, worker] });
    });
    expect(serviceOf(model, "db").uses).toEqual([
      { to: { service: "metrics" }, port: 9090, mesh: "bus" },
      { to: { service: "metrics" }, port: 9091, mesh: "bus" },
    ]);
    expect(serviceOf(model, "metrics").uses).toEqual([{ ...toDb, mesh: "bus" }]);
    expect(serviceOf(model, "worker").uses.map(({ port }) => port)).toEqual([5432, 9090, 9091]);
  });

  test.each<[string, (parts: Parts) => unknown]>([
    ["LF019", ({ cluster, db }) => new Mesh(cluster, "bus", { services: [db, db] })],
    ["LF009", ({ cluster, worker, part }) => new Mesh(cluster, "bus", { services: [worker, part("other")] })],
    ["LF026", ({ cluster, db }) => new Mesh(cluster, "bus", { services: [db, "x" as never] })],
    ["LF001", ({ cluster, db, metrics }) => new Mesh(cluster, "Bus", { services: [db, metrics] })],
  ])("%s", (code, program) => {
    expect(findings((parts) => void program(parts)).map((finding) => finding.code)).toContain(code);
  });
});

test("whatever stands around addresses arrives as it is written", () => {
  const text = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a", ":", "é", "🎉") });
  const piece = fc.oneof(text, fc.constantFrom("address", "host", "port"));
  const shown: Readonly<Record<string, string>> = { address: "db:5432", host: "db", port: "5432" };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const names = pieces.some((each) => each in shown);
      const written = (db: Service) => pieces.map((each) => (each in shown ? db[each as "host"] : each)).join("");
      const come = pieces.map((each) => shown[each] ?? each).join("");
      const { env, args, files, uses } = api(({ db }) => ({
        env: { A: written(db) },
        args: [written(db)],
        files: { "/a": `${written(db)}\n` },
      }));
      expect([env["A"], args, files["/a"]]).toEqual([come, [come], `${come}\n`]);
      expect(uses).toEqual(names ? [toDb] : []);
    }),
    { numRuns: 40 },
  );
});
