import fc from "fast-check";
import { aws, Cluster, external, Fleet, Gateway, Service, type App, type Model } from "lightfleet";
import { describe, expect, test } from "vitest";
import { proveEdges } from "../../checks/edges/prove.js";
import type { NodeRule } from "../../checks/edges/planned-rules.js";
import { readProduced } from "../../stacks/aws/plan/read-back-rules.js";
import type { Document } from "../program/document.js";
import { runs } from "../program/runs.js";
import { synthesize } from "../program/synthesize.js";

/** How many are tried: each takes some ten milliseconds. */
const TOPOLOGIES = runs(50, 1_000);

/** A topology: which services are on which fleets, who uses whom, which hosts outside, what gateways route to. */
interface Topology {
  readonly fleets: number;
  readonly services: readonly {
    readonly on: number;
    readonly uses: readonly number[];
    readonly outside: number | null;
  }[];
  readonly gateways: readonly { readonly internal: boolean; readonly tls: boolean; readonly to: readonly number[] }[];
}

const topologies: fc.Arbitrary<Topology> = fc.record({
  fleets: fc.integer({ min: 1, max: 4 }),
  services: fc.array(
    fc.record({
      on: fc.integer({ min: 1, max: 15 }),
      uses: fc.uniqueArray(fc.nat(7), { maxLength: 4 }),
      outside: fc.option(fc.constantFrom(443, 5432, 6379)),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  gateways: fc.array(
    fc.record({
      internal: fc.boolean(),
      tls: fc.boolean(),
      to: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
});

const declare =
  ({ fleets, services, gateways }: Topology) =>
  (app: App): void => {
    const shop = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 2 }) });
    const all = Array.from(
      { length: fleets },
      (_, index) => new Fleet(shop, `f${index}`, { machine: "m7g.large", size: 2 }),
    );
    const made = services.map(({ on }, index) => {
      const some = all.filter((_, fleet) => (on >> fleet) & 1);
      return new Service(shop, `s${index}`, { on: some.length > 0 ? some : all[0]!, image: "a:1", port: 8000 + index });
    });
    services.forEach(({ uses, outside }, index) => {
      for (const callee of uses) {
        const other = made[callee];
        if (other !== undefined && callee !== index) made[index]!.uses(other, { as: `S${callee}` });
      }
      if (outside !== null) made[index]!.uses(external("db.example.com", outside), { as: "OUTSIDE" });
    });
    gateways.forEach(({ internal, tls, to }, index) => {
      const routes = Object.fromEntries(
        to.flatMap((service) => (made[service] ? [[`/r${service}`, made[service]]] : [])),
      );
      if (Object.keys(routes).length === 0) return;
      const certificate = tls ? { certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/a" } : {};
      new Gateway(shop, `g${index}`, { routes, internal, ...certificate });
    });
  };

const ways = (model: Model, document: unknown): string[] =>
  proveEdges(model, readProduced(document)).map(({ kind, way }) => `${kind} ${way}`);

const SMALL: Topology = {
  fleets: 3,
  services: [
    { on: 1, uses: [1], outside: 5432 },
    { on: 2, uses: [2], outside: null },
    { on: 3, uses: [], outside: null },
    { on: 4, uses: [], outside: null },
  ],
  gateways: [{ internal: false, tls: true, to: [0] }],
};

/** A copy of what was produced, with a change. */
function changed(document: Document, change: (resource: Document["resource"]) => void): Document {
  const copy = structuredClone(document);
  change(copy.resource);
  return copy;
}

describe("edges are proven from what was produced", () => {
  test("nothing more and nothing less on random topologies", () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { model, document } = synthesize(declare(topology));
        expect(ways(model, document)).toEqual([]);
      }),
      { numRuns: TOPOLOGIES },
    );
  }, 240_000);

  test("every rule of a security group matters: without it, a declared way is missing", () => {
    const { model, document } = synthesize(declare(SMALL));
    for (const type of ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"])
      for (const name of Object.keys(document.resource[type] ?? {})) {
        const isCommon = /^swarm_to_world_(80|443)$/.test(name);
        const without = changed(document, (resource) => Reflect.deleteProperty(resource[type]!, name));
        expect({ name, found: ways(model, without).length > 0 }).toEqual({ name, found: !isCommon });
      }
  });

  test("one rule planted wrong is found, and named", () => {
    const { model, document } = synthesize(declare(SMALL));
    const plant = (name: string, rule: Record<string, unknown>): string[] =>
      ways(
        model,
        changed(document, (resource) => {
          resource["aws_vpc_security_group_ingress_rule"]![name] = { ip_protocol: "tcp", ...rule };
        }),
      );
    const group = (name: string): string => `\${aws_security_group.${name}.id}`;
    const port = Number(document.resource["aws_lb_target_group"]!["g0_s0_8000"]!["port"]);
    const world = { cidr_ipv4: "0.0.0.0/0" };
    const found = plant("a", { ...world, security_group_id: group("f0"), from_port: 0, to_port: 65_535 });
    expect(found).toContain("extra world -> s0:8000");
    expect(found).toContain("extra world -> f0:22/tcp");
    expect(plant("b", { ...world, security_group_id: group("f0"), from_port: 9999, to_port: 9999 })).toEqual([
      "extra world -> f0:9999/tcp",
    ]);
    expect(plant("c", { ...world, security_group_id: group("g0"), from_port: 8080, to_port: 8080 })).toEqual([
      "extra world -> g0:8080",
    ]);
    const f2 = { referenced_security_group_id: group("f2") };
    expect(plant("d", { ...f2, security_group_id: group("f0"), from_port: port, to_port: port })).toEqual([]);
    const g0 = { referenced_security_group_id: group("g0") };
    expect(plant("e", { ...g0, security_group_id: group("f2"), from_port: 4789, to_port: 4789 })).toEqual([]);
  });

  test("a network that should not be shared, and a service that is elsewhere, are found", () => {
    const { model, document } = synthesize(declare(SMALL));
    const local = JSON.stringify(document);
    expect(ways(model, JSON.parse(local.replaceAll('\\"s3\\":{', '\\"s3\\":{\\"was\\":1,')))).toEqual([]);
    const joined = local.replace(/(\\"s3\\":\{.*?\\"networks\\":)\[[^\]]*\]/, '$1[\\"s1\\"]');
    expect(ways(model, JSON.parse(joined))).toContain("extra s0 -> s3");
    const moved = local.replace(/(\\"s3\\":\{.*?lightfleet\.fleet == )f2/, "$1f0");
    expect(ways(model, JSON.parse(moved))).toContain("extra s3 on f0");
  });

  test("a rule planted wrong in the nodes' firewall is found", () => {
    const { model, document } = synthesize(declare(SMALL));
    const produced = readProduced(document);
    const f0 = produced.fleets.get("f0")!;
    const planted = (...rules: NodeRule[]): string[] => {
      const fleet = { ...f0, firewall: [...f0.firewall!, ...rules] };
      const found = proveEdges(model, { ...produced, fleets: new Map([...produced.fleets, ["f0", fleet]]) });
      return found.map(({ kind, way }) => `${kind} ${way}`);
    };
    expect(f0.firewall!.length).toBeGreaterThan(0);
    expect(planted()).toEqual([]);
    expect(planted({ source: produced.cidr, protocol: "tcp", port: 2375 })).toEqual(["extra VPC -> f0:2375/tcp"]);
    expect(planted({ source: produced.cidr, protocol: "tcp", port: 2377 })).toEqual(["extra VPC -> f0:2377/tcp"]);
    expect(planted({ source: null, protocol: "tcp", port: 7946 })).toEqual(["extra world -> f0:7946/tcp"]);
    expect(planted({ source: null, protocol: null, port: null })).toContain("extra world -> f0:all/all");
  });

  test("a closed firewall on the nodes is found", () => {
    const { model, document } = synthesize(declare(SMALL));
    const produced = readProduced(document);
    const f0 = produced.fleets.get("f0")!;
    const closed = { ...produced, fleets: new Map([...produced.fleets, ["f0", { ...f0, firewall: [] }]]) };
    expect(proveEdges(model, closed)).toContainEqual(
      expect.objectContaining({ kind: "missing", way: "control -> f0:7946/tcp" }),
    );
  });
});
