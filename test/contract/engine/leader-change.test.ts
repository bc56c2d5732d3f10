import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Engine } from "../swarm-daemons.js";
import { onEngines } from "./on-engines.js";
import { Programs } from "./programs.js";
import { Serving, type Prober } from "./served.js";
import type { Node, Swarm } from "./swarm.js";

const MANAGERS = 3;
const infoShape = z.looseObject({
  Swarm: z.looseObject({ NodeID: z.string() }),
});
const idOf = async (engine: Engine): Promise<string> => infoShape.parse(await engine.call("GET", "/info")).Swarm.NodeID;
const say = (engine: Engine, fleet: string, more: Readonly<Record<string, string>> = {}): void =>
  engine.say({ "lightfleet.fleet": fleet, "lightfleet.zone": "eu-west-1a", ...more });

/** Three managers whose programs run on each of them, and a worker from which a service is asked. */
class Managers {
  private readonly programs: Map<Engine, Programs>;

  constructor(readonly swarm: Swarm) {
    const { engines } = swarm;
    this.programs = new Map(engines.all.slice(0, MANAGERS).map((engine) => [engine, Programs.start(engines, engine)]));
  }

  stop(): void {
    for (const programs of this.programs.values()) programs.stop();
  }

  /** Looks after a turn of each manager: those that do not lead do nothing, those that are none any more cannot. */
  async led<T>(what: string, look: () => Promise<T>, is: (value: T) => boolean): Promise<T> {
    for (let turn = 0; turn < 240; turn++) {
      for (const programs of this.programs.values()) {
        const { log } = await programs.lead("shop").catch(() => ({ log: [] as string[] }));
        if (log.length > 0) console.log(log.join("\n"));
      }
      // Between two leaders nobody answers.
      const value = await look().catch(() => undefined);
      if (value !== undefined && is(value)) return value;
      await sleep(500);
    }
    throw new Error(`never: ${what}`);
  }

  /** A service of one task on one manager, with room on another. */
  async serve(on: Engine, other: Engine): Promise<{ readonly serving: Serving; readonly prober: Prober }> {
    const { swarm } = this;
    for (const engine of swarm.engines.all) say(engine, "spare");
    say(on, "core");
    say(swarm.engines.all.at(-1)!, "control");
    const isIn = (nodes: readonly Node[], fleet: string): boolean =>
      nodes.some(({ Spec }) => Spec.Labels["lightfleet.fleet"] === fleet);
    await this.led(
      "nodes have their labels",
      () => swarm.nodes(),
      (nodes) => isIn(nodes, "core") && isIn(nodes, "control"),
    );
    const serving = await Serving.start(swarm);
    await serving.create({ name: "one", replicas: 1 });
    const place = await idOf(on);
    await this.led(
      "it runs",
      () => serving.places("one"),
      (places) => places.join() === place,
    );
    say(other, "core");
    const prober = await serving.probe("one");
    const next = await idOf(other);
    await this.led(
      "another node may have it",
      () => swarm.nodes(),
      (nodes) =>
        isIn(
          nodes.filter(({ ID }) => ID === next),
          "core",
        ),
    );
    await this.led(
      "it is asked",
      () => prober.result(),
      ({ asked }) => asked > 20,
    );
    return { serving, prober };
  }

  /** The node of a service says that it leaves; something happens in mid-move; it comes to its end all the same. */
  async move(from: Engine, to: Engine, midway: (node: Node) => Promise<unknown>): Promise<void> {
    const { serving, prober } = await this.serve(from, to);
    const place = await idOf(from);
    const node = async (): Promise<Node | undefined> => (await this.swarm.nodes()).find(({ ID }) => ID === place);
    const before = (await prober.result()).failures.length;
    say(from, "core", { "lightfleet.leaving": "terminating" });
    await this.led(
      "it has a task more",
      () => serving.service("one"),
      ({ Spec }) => Spec.Mode.Replicated?.Replicas === 2,
    );
    expect(await serving.places("one")).toEqual([place]);
    await midway((await node())!);
    await this.led("it is drained", node, (now) => now?.Spec.Availability === "drain");
    await this.led(
      "it has as many tasks as its program says",
      () => serving.service("one"),
      ({ Spec }) => Spec.Mode.Replicated?.Replicas === 1 && !("lightfleet.replicas" in Spec.Labels),
    );
    const next = await idOf(to);
    await this.led(
      "it is elsewhere",
      () => serving.places("one"),
      (places) => places.join() === next,
    );
    const { asked, failures } = await prober.result();
    console.log(`${failures.length - before} of ${asked} requests failed`);
    expect(failures.slice(before)).toEqual([]);
  }
}

const scene = (name: string, body: (managers: Managers, engines: readonly [Engine, Engine, Engine]) => Promise<void>) =>
  onEngines(
    name,
    MANAGERS + 1,
    (given) => {
      let managers: Managers | undefined;
      beforeAll(() => {
        if (given() !== undefined) managers = new Managers(given());
      });
      afterAll(() => managers?.stop());
      test("fails no request of a service with one task, and the next one goes on", () =>
        body(managers!, given().engines.all as unknown as [Engine, Engine, Engine]));
    },
    MANAGERS,
  );

scene("a leader that steps down while its own services move", (managers, [first, second]) =>
  managers.move(first, second, async ({ ID, Version, Spec }) => {
    const { manager } = managers.swarm;
    await manager.call("POST", `/nodes/${ID}/update?version=${Version.Index}`, { ...Spec, Role: "worker" });
    managers.swarm.lead(second);
  }),
);
