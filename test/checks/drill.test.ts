import { describe, expect, test } from "vitest";
import { drill, drillAll } from "../../checks/drill/drill.js";
import { headlineOf } from "../../checks/drill/headline.js";
import { readLoss, readRoll, readScale, type Loss } from "../../checks/drill/scenario.js";
import { drawDrill } from "../../checks/drill/svg.js";
import type { Model } from "../../model/schema.js";
import { errorOf } from "../program/synthesize.js";
import { largeModel } from "./large.js";

/** One fleet of three VMs, which two services of three tasks each half fill. */
function small(memoryMiB: number, changes: Partial<Model["services"][number]> = {}): Model {
  const model = largeModel(1, 2, 3);
  const services = model.services.map((service, index) => ({
    ...service,
    id: index === 0 ? "cart" : "search",
    uses: [],
    replicas: 3,
    cpuMilli: 100,
    memoryMiB,
    ...changes,
  }));
  return { ...model, services };
}
const lose = (model: Model, ...losses: Loss[]) => drill(model, { kind: "lose", losses });
const vm = (id: string): Loss => ({ of: "vm", vm: id });

describe("a drill", () => {
  test("moves the tasks of a lost VM to where there is room", () => {
    const result = lose(small(4_000), vm("fleet-0/1"));
    expect(result).toMatchObject({ scenario: "lose vm:fleet-0/1", holds: true, lost: ["fleet-0/1"] });
    expect(result.services).toMatchObject([
      { service: "cart", before: 3, after: 3, from: ["fleet-0/1"], stranded: 0, down: false, shortSeconds: 25 },
      { service: "search", before: 3, after: 3 },
    ]);
    expect(result.vms.flatMap(({ after }) => after)).toHaveLength(6);
    expect(result.vms[0]).toMatchObject({ lost: true, after: [] });
  });

  test("says what finds no VM, and that it is down where all is lost", () => {
    const one = lose(small(14_000), vm("fleet-0/2"));
    expect(one).toMatchObject({ holds: false });
    expect(one.services.reduce((sum, { stranded }) => sum + stranded, 0)).toBe(2);
    const all = lose(small(1_000), vm("fleet-0/1"), vm("fleet-0/2"), vm("fleet-0/3"));
    expect(all.services).toMatchObject([
      { after: 0, stranded: 3, down: true, shortSeconds: null },
      { after: 0, stranded: 3, down: true },
    ]);
  });

  test("rolls a fleet: tasks move on, none is lost, and those that were short come back", () => {
    const model = small(14_000);
    const result = drill(model, { kind: "roll", fleet: "fleet-0" });
    expect(result.lost).toEqual(["fleet-0/1", "fleet-0/2", "fleet-0/3"]);
    expect(result.services.every(({ before, after }) => before === after)).toBe(true);
    expect(result.holds).toBe(false);
    expect(drill(small(4_000), { kind: "roll", fleet: "fleet-0" }).holds).toBe(true);
  });

  test("rolls a fleet without a gap for services that may start first, and a loss has one", () => {
    const single = (changes: Partial<Model["services"][number]> = {}) => small(1_000, { replicas: 1, ...changes });
    const downIn = (model: Model, abrupt = false) =>
      drill(model, { kind: "roll", fleet: "fleet-0", abrupt }).services.filter(({ down }) => down).length;
    const rollout = single().services[0]!.rollout;
    const model = single({ rollout: { ...rollout, order: "start-first" } });
    expect(downIn(model)).toBe(0);
    expect(drill(model, { kind: "roll", fleet: "fleet-0" }).services[0]).toMatchObject({ shortSeconds: 0 });
    expect(downIn(model, true)).toBe(2);
    expect(downIn(single({ rollout: { ...rollout, order: "stop-first" } }))).toBe(2);
    const ports = [{ ...model.services[0]!.ports[0]!, hostPort: 8080 }];
    expect(downIn({ ...model, services: [{ ...model.services[0]!, ports }] })).toBe(1);
    const onVm = { ...model, volumes: [{ id: "data", kind: "node" as const }] };
    expect(downIn({ ...onVm, services: [{ ...model.services[0]!, volumes: { "/data": "data" } }] })).toBe(1);
    expect(lose(model, vm("fleet-0/1"), vm("fleet-0/2")).services.some(({ down }) => down)).toBe(true);
  });

  test("scales a service up as far as there is room, and down", () => {
    const up = drill(small(4_000), { kind: "scale", service: "cart", replicas: 20 });
    expect(up.services).toMatchObject([{ service: "cart", before: 3, stranded: 2, after: 18 }]);
    const down = drill(small(4_000), { kind: "scale", service: "cart", replicas: 1 });
    expect(down).toMatchObject({ holds: true, services: [{ before: 3, after: 1 }] });
  });

  test("tries every single loss, the worst first", () => {
    const all = drillAll(small(14_000));
    // Zones, VMs with the managers, and fleets with theirs.
    expect(all).toHaveLength(3 + 3 + 3 + 2);
    expect(all.map(({ scenario }) => scenario)).toEqual(expect.arrayContaining(["lose vm:control/1", "roll control"]));
    const stranded = all.map(({ services }) => services.reduce((sum, service) => sum + service.stranded, 0));
    expect(stranded).toEqual(stranded.toSorted((a, b) => b - a));
  });

  describe("of managers", () => {
    /** The same with so many managers, dealt to so many zones. */
    const managed = (managers: number, zones: number): Model => {
      const model = small(1_000);
      const fleets = model.fleets.map((fleet) =>
        fleet.role === "worker"
          ? fleet
          : {
              ...fleet,
              size: { min: managers, desired: managers, max: managers },
              zones: model.platform.zones.slice(0, zones),
            },
      );
      return { ...model, fleets };
    };
    const zone = (letter: string): Loss => ({ of: "zone", zone: `eu-west-1${letter}` });

    test("leaves services alone while a majority is there", () => {
      expect(lose(managed(3, 3), vm("control/1"))).toMatchObject({
        ...{ holds: true, lost: ["control/1"], services: [] },
        managers: { total: 3, lost: ["control/1"], quorum: "kept" },
      });
      expect(drill(managed(3, 3), { kind: "roll", fleet: "control" })).toMatchObject({
        ...{ holds: true, services: [] },
        managers: { quorum: "kept", lost: ["control/1", "control/2", "control/3"] },
      });
    });

    test("places nothing again without a majority, whatever room there is", () => {
      const result = lose(managed(3, 2), zone("a"));
      expect(result).toMatchObject({
        holds: false,
        lost: ["control/1", "control/3", "fleet-0/1"],
        managers: { total: 3, quorum: "lost" },
        services: [
          { service: "cart", before: 3, after: 2, to: [], stranded: 1, down: false, shortSeconds: null },
          { service: "search", after: 2, shortSeconds: null },
        ],
      });
      expect(lose(managed(3, 3), zone("a")).services).toMatchObject([{ after: 3 }, { after: 3 }]);
      expect(lose(managed(3, 3), vm("control/1"), vm("control/2"), vm("fleet-0/1")).holds).toBe(false);
    });

    test("founds the swarm again where none is left: what runs ends then, too", () => {
      const alone = lose(managed(1, 1), vm("control/1"));
      expect(alone).toMatchObject({ managers: { quorum: "founded-again" }, holds: true });
      expect(alone.services).toMatchObject([
        { service: "cart", before: 3, after: 3, down: true, shortSeconds: 300 },
        { service: "search", down: true, shortSeconds: 300 },
      ]);
      const both = lose(managed(1, 1), zone("a"));
      expect(both).toMatchObject({
        holds: false,
        services: [{ after: 2, stranded: 1, down: true, shortSeconds: null }, {}],
      });
      expect(drill(managed(1, 1), { kind: "roll", fleet: "control" }).services).toMatchObject([
        { down: true },
        { down: true },
      ]);
    });

    test("comes first in the headline, as does what is down", () => {
      const { text, tone } = headlineOf(lose(managed(3, 2), zone("a")));
      expect(tone).toBe("bad");
      expect(text).toMatch(/^1 of 3 managers left, and 2 are needed/);
      expect(headlineOf(lose(managed(1, 1), zone("a")))).toMatchObject({ tone: "bad" });
      const down = lose(small(1_000, { replicas: 1 }), vm("fleet-0/1"), vm("fleet-0/2"));
      expect(down.services.some((service) => service.down)).toBe(true);
      expect(headlineOf(down)).toEqual({
        tone: "fair",
        text: expect.stringMatching(/^recovers; .*down for up to 25 s$/),
      });
      expect(headlineOf(lose(small(4_000), vm("fleet-0/1")))).toEqual({
        ...{ tone: "good", text: "everything still runs; 2 services short of tasks for up to 25 s" },
      });
      expect(headlineOf(lose(managed(3, 3), vm("control/1")))).toMatchObject({ tone: "good" });
    });
  });

  test("is drawn: a box for each VM, a square for each task, and no name can break the picture", () => {
    const result = lose(small(4_000), vm("fleet-0/1"));
    const picture = drawDrill({ ...result, scenario: 'lose <vm> & "more"' });
    expect(picture.match(/class="vm/g)).toHaveLength(3);
    expect(picture.match(/<rect [^>]*fill="hsl/g)).toHaveLength(6 + 2);
    expect(picture).toContain("lose &lt;vm&gt; &amp; &quot;more&quot;");
    expect(picture).toMatchSnapshot();
  });

  test("refuses what the cluster does not have", () => {
    const model = small(1_000);
    for (const text of ["zone:x", "vm:fleet-0/9", "spot", "everything"])
      expect(errorOf(() => readLoss(text, model)).code).toBe("LF064");
    expect(readLoss("zone:a", model)).toEqual({ of: "zone", zone: "eu-west-1a" });
    expect(errorOf(() => readRoll("none", model)).code).toBe("LF064");
    expect(errorOf(() => readScale("cart=many", model)).code).toBe("LF064");
    expect(readScale("cart=4", model)).toEqual({ kind: "scale", service: "cart", replicas: 4 });
  });
});
