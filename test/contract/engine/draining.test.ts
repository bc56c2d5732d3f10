import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { onEngines } from "./on-engines.js";
import { Serving } from "./served.js";
import type { Node, Swarm } from "./swarm.js";

/** Until something is so; each look comes after a turn of the leader. */
async function until<T>(what: string, look: () => Promise<T>, is: (value: T) => boolean): Promise<T> {
  for (let turn = 0; ; turn++) {
    const value = await look();
    if (is(value)) return value;
    if (turn > 240) throw new Error(`never: ${what}; at the end: ${JSON.stringify(value)}`);
    await sleep(500);
  }
}

onEngines("where services run", 3, (given) => {
  let swarm: Swarm;
  let serving: Serving;
  let workers: Node[] = [];

  const find = async ({ ID }: Node): Promise<Node> => (await swarm.nodes()).find((node) => node.ID === ID)!;
  const engineOf = ({ Status }: Node) => swarm.engines.all.find(({ address }) => address === Status.Addr)!;
  const turn = async (): Promise<void> => {
    const { log } = await swarm.programs.lead("shop");
    if (log.length > 0) console.log(log.join("\n"));
  };
  /** Time passes for what the programs wait for. */
  const elapse = async (seconds: number): Promise<void> => {
    await turn();
    await swarm.programs.elapse("shop", seconds);
  };
  const led = async <T>(look: () => Promise<T>): Promise<T> => {
    await turn();
    return look();
  };
  const say = (node: Node, more: Readonly<Record<string, string>> = {}): void =>
    engineOf(node).say({ "lightfleet.fleet": "core", "lightfleet.zone": "eu-west-1a", ...more });
  const availability = async (node: Node): Promise<string> => (await find(node)).Spec.Availability;

  beforeAll(async () => {
    if (given() === undefined) return;
    swarm = given();
    serving = await Serving.start(swarm);
    const all = await swarm.nodes();
    const manager = all.find(({ Spec }) => Spec.Role === "manager")!;
    workers = all.filter(({ Spec }) => Spec.Role === "worker");
    swarm.manager.say({ "lightfleet.fleet": "control" });
    for (const worker of workers) say(worker);
    await until(
      "all nodes have their labels",
      () => led(() => swarm.nodes()),
      (nodes) => nodes.every(({ Spec }) => spec(Spec.Labels)),
    );
    expect(await availability(manager)).toBe("active");
  }, 120_000);

  afterEach(async () => {
    await serving.clear();
    for (const node of workers) await comesBack(node);
  }, 120_000);

  const spec = (labels: Readonly<Record<string, string>>): boolean => "lightfleet.fleet" in labels;

  /** Until each service has so many tasks that are well. */
  const well = async (name: string, count: number): Promise<string[]> =>
    until(
      `${name} is well`,
      () => serving.places(name),
      (places) => places.length === count,
    );

  /** A worker says that it leaves; answers once it is drained and nothing is left of that in services. */
  async function leaves(node: Node, names: readonly string[]): Promise<void> {
    say(node, { "lightfleet.leaving": "terminating" });
    await until(
      "it is drained",
      () => led(() => availability(node)),
      (state) => state === "drain",
    );
    for (const name of names)
      await until(
        `${name} is kept away from nothing`,
        () => led(() => serving.service(name)),
        ({ Spec }) => !Spec.TaskTemplate.Placement.Constraints?.some((text) => text.includes("node.id")),
      );
  }

  async function comesBack(node: Node): Promise<void> {
    say(node);
    await until(
      "it works",
      () => led(() => availability(node)),
      (state) => state === "active",
    );
  }

  describe("a VM leaves", () => {
    test("and no request of its services with one and two tasks fails, while a drain alone fails some", async () => {
      await serving.create({ name: "one", replicas: 1 });
      await serving.create({ name: "two", replicas: 2 });
      const [place] = await well("one", 1);
      await well("two", 2);
      const probers = [await serving.probe("one"), await serving.probe("two")];
      await until(
        "probers ask",
        () => probers[1]!.result(),
        ({ asked }) => asked > 20,
      );
      const before = await Promise.all(probers.map((prober) => prober.result()));
      const node = workers.find(({ ID }) => ID === place)!;
      await leaves(node, ["one", "two"]);
      expect(await serving.places("one")).not.toContain(node.ID);
      for (const [index, prober] of probers.entries()) {
        const { asked, failures } = await prober.result();
        console.log(
          `${["one", "two"][index]} task(s): ${failures.length - before[index]!.failures.length} of ${asked - before[index]!.asked} requests failed`,
        );
        expect(failures.slice(before[index]!.failures.length)).toEqual([]);
      }
      await comesBack(node);
      // What is to be seen where nothing is moved before.
      const other = workers.find(({ ID }) => ID !== node.ID)!;
      const { Version, Spec } = await find(other);
      await swarm.manager.call("POST", `/nodes/${other.ID}/update?version=${Version.Index}`, {
        ...Spec,
        Availability: "drain",
      });
      await until(
        "it has moved",
        () => serving.places("one"),
        (places) => places.join() === node.ID,
      );
      const { failures } = await probers[0]!.result();
      console.log(`a drain alone: ${failures.length} requests failed`);
      expect(failures.length).toBeGreaterThan(0);
      await swarm.manager.call("POST", `/nodes/${other.ID}/update?version=${(await find(other)).Version.Index}`, Spec);
    });

    test("and what must not or cannot start elsewhere first is drained, without a long wait", async () => {
      await serving.create({ name: "keeps", replicas: 1, volume: "data" });
      await serving.create({ name: "stops", replicas: 1, order: "stop-first" });
      await serving.create({ name: "bound", replicas: 1, constraint: `node.labels.only == yes` });
      const node = workers[0]!;
      const { Version, Spec } = await find(node);
      await swarm.manager.call("POST", `/nodes/${node.ID}/update?version=${Version.Index}`, {
        ...Spec,
        Labels: { ...Spec.Labels, only: "yes" },
      });
      await well("bound", 1);
      await leaves(node, ["keeps", "stops", "bound"]);
      expect((await swarm.programs.lead("shop")).log).toEqual([]);
    });
  });

  describe("a VM joins", () => {
    test("and gets a task of each service that has two more elsewhere, one at a time, with no request failed", async () => {
      const [first, second] = workers as [Node, Node];
      await leaves(second, []);
      await serving.create({ name: "two", replicas: 2 });
      await serving.create({ name: "three", replicas: 3 });
      await serving.create({ name: "single", replicas: 1 });
      await serving.create({ name: "keeps", replicas: 2, volume: "data" });
      for (const [name, count] of Object.entries({ two: 2, three: 3, single: 1, keeps: 2 }))
        expect(new Set(await well(name, count))).toEqual(new Set([first.ID]));
      const probers = [await serving.probe("two"), await serving.probe("three")];
      await until(
        "probers ask",
        () => probers[1]!.result(),
        ({ asked }) => asked > 20,
      );
      const before = await Promise.all(probers.map((prober) => prober.result()));
      await comesBack(second);
      await elapse(120);
      for (const [name, count] of Object.entries({ two: 2, three: 3 })) {
        await until(
          `${name} is spread`,
          () => led(() => serving.places(name)),
          (places) => places.length === count && places.includes(second.ID),
        );
        await until(
          `${name} has as many tasks as the program says`,
          () => led(() => serving.service(name)),
          ({ Spec }) => Spec.Mode.Replicated?.Replicas === count && !("lightfleet.replicas" in Spec.Labels),
        );
        await elapse(120);
      }
      for (const [name, count] of Object.entries({ single: 1, keeps: 2 }))
        expect(new Set(await well(name, count))).toEqual(new Set([first.ID]));
      for (const [index, prober] of probers.entries()) {
        const { asked, failures } = await prober.result();
        console.log(
          `a spread: ${failures.length - before[index]!.failures.length} of ${asked - before[index]!.asked} failed`,
        );
        expect(failures.slice(before[index]!.failures.length)).toEqual([]);
      }
      await elapse(120);
      expect((await swarm.programs.lead("shop")).log).toEqual([]);
    });

    test("and a task more that does not come up is taken back, whichever leader finds it", async () => {
      const [first, second] = workers as [Node, Node];
      await leaves(second, []);
      await serving.create({ name: "odd", replicas: 2, wellOn: first.ID });
      expect(new Set(await well("odd", 2))).toEqual(new Set([first.ID]));
      await comesBack(second);
      await elapse(120);
      await until(
        "it is begun",
        () => led(() => serving.service("odd")),
        ({ Spec }) => "lightfleet.replicas" in Spec.Labels,
      );
      // Another manager leads from here on.
      await swarm.programs.forget("shop");
      await turn();
      await elapse(400);
      await until(
        "it is taken back",
        () => led(() => serving.service("odd")),
        ({ Spec }) => Spec.Mode.Replicated?.Replicas === 2 && !("lightfleet.replicas" in Spec.Labels),
      );
      expect(new Set(await well("odd", 2))).toEqual(new Set([first.ID]));
    });
  });
});
