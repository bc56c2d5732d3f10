import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Model } from "lightfleet";
import { SWARM_PORTS } from "../../../model/ports.js";
import { planOpenings, type Opening } from "../../../stacks/aws/security-rules.js";
import { publishedKey, publishedPorts } from "../../../model/published-ports.js";
import { anyModel, fleetModel, modelOf, serviceModel } from "../../program/random-model.js";

/** Who may send to whom, as one word: what both sides of an opening have in common. */
function passage({ direction, group, peer, protocol, port }: Opening): string {
  const other = peer.kind === "group" ? peer.of : `(${peer.of})`;
  const [from, to] = direction === "in" ? [other, group] : [group, other];
  return `${from} > ${to} ${protocol} ${port}`;
}

/** Managers have a group of their own for what the swarm's group sends. */
const within = (openings: readonly Opening[], direction: Opening["direction"]): Set<string> =>
  new Set(
    openings
      .filter((opening) => opening.direction === direction && opening.peer.kind === "group")
      .map(passage)
      .map((text) => text.replace("> control tcp 2377", "> swarm tcp 2377")),
  );

test("encrypted networks pass where others do, by ESP, which knows no ports", () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      const plain = planOpenings(model);
      const encrypted = planOpenings({ ...model, encrypt: true });
      const more = encrypted.filter(({ protocol }) => protocol === "esp");
      const ways = (openings: readonly Opening[]): string[] =>
        openings.map(({ direction, group, peer }) => `${direction} ${group} ${peer.of}`).sort();
      const isData = ({ port, protocol }: Opening): boolean => port === SWARM_PORTS.data && protocol === "udp";
      expect(ways(more)).toEqual(ways(plain.filter(isData)));
      expect(more.every(({ port }) => port === null)).toBe(true);
      expect(encrypted.filter((one) => !more.includes(one))).toEqual(plain);
    }),
  );
});

describe("the openings of any model", () => {
  test("have names of their own, and stand in order", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        for (const direction of ["in", "out"] as const) {
          const names = planOpenings(model)
            .filter((opening) => opening.direction === direction)
            .map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
        }
        const all = planOpenings(model).map(({ name }) => name);
        expect(all).toEqual([...all].sort());
      }),
    );
  });

  test("are told once each", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const all = planOpenings(model).map((opening) => `${opening.direction} ${passage(opening)}`);
        expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
      }),
    );
  });

  test("have a counterpart in the other direction, where the other side is ours", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const openings = planOpenings(model);
        expect([...within(openings, "in")].sort()).toEqual([...within(openings, "out")].sort());
      }),
    );
  });

  test("let a fleet be reached by the fleets that its services share an edge with, and by the gateways that route to it", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const wanted = wantedPassages(model);
        const inward = planOpenings(model).filter(({ direction, peer }) => direction === "in" && peer.kind === "group");
        const planned = inward.filter(({ group }) => model.fleets.some(({ id }) => id === group)).map(passage);
        expect(new Set(planned)).toEqual(wanted);
      }),
    );
  });

  test("let the world in at gateways alone, and there at HTTP's ports alone", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const inward = planOpenings(model).filter(({ direction, peer }) => direction === "in" && peer.kind === "range");
        for (const { group, peer, port } of inward) {
          const gateway = model.gateways.find(({ id }) => id === group)!;
          expect(peer.of).toBe(gateway.internal ? "vpc" : "world");
          expect(gateway.certificate === null ? [80] : [80, 443]).toContain(port);
        }
      }),
    );
  });
});

/** The same, worked out from the model in another way. */
function wantedPassages(model: Model): Set<string> {
  const on = (service: string): readonly string[] => model.services.find(({ id }) => id === service)?.on ?? [];
  const wanted = new Set<string>(["swarm > control tcp 2377"]);
  const join = (a: string, b: string): void => {
    wanted.add(`${a} > ${b} udp ${SWARM_PORTS.data}`).add(`${b} > ${a} udp ${SWARM_PORTS.data}`);
  };
  for (const service of model.services) {
    for (const a of service.on) for (const b of service.on) join(a, b);
    for (const { to } of service.uses)
      if ("service" in to) for (const a of service.on) for (const b of on(to.service)) join(a, b);
  }
  const published = publishedPorts(model);
  for (const gateway of model.gateways)
    for (const route of gateway.routes)
      for (const fleet of on(route.service))
        wanted.add(`${gateway.id} > ${fleet} tcp ${published.get(publishedKey(route))}`);
  return wanted;
}

describe("hosts outside", () => {
  const using = (port: number): Model => {
    const service = serviceModel("web", ["core"]);
    return modelOf(
      [fleetModel("core"), fleetModel("other")],
      [{ ...service, uses: [{ as: "DB", to: { host: "db.example.com" }, port }] }],
      [],
    );
  };
  const outward = (model: Model): string[] =>
    planOpenings(model)
      .filter(({ peer }) => peer.kind === "range")
      .map(({ name }) => name);

  test("are reached from the fleets of the services that use them, on that port", () => {
    expect(outward(using(5432))).toEqual(["core_to_world_5432", "swarm_to_world_443", "swarm_to_world_80"]);
  });

  test("that answer a service's DNS are reached by both protocols", () => {
    const services = [{ ...serviceModel("web", ["core"]), dns: ["10.9.0.2"] }, serviceModel("other", ["other"])];
    expect(outward(modelOf([fleetModel("core"), fleetModel("other")], services, []))).toEqual([
      ...["core_to_world_53", "core_to_world_53_udp", "swarm_to_world_443", "swarm_to_world_80"],
    ]);
  });

  test("need no rule of their own where all VMs may go", () => {
    expect(outward(using(443))).toEqual(["swarm_to_world_443", "swarm_to_world_80"]);
  });
});
