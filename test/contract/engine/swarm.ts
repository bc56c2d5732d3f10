import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Engines, type Engine, type Installation, type Surroundings } from "../swarm-daemons.js";
import { Programs } from "./programs.js";
import { Registry } from "./registry.js";

const nodeShape = z.looseObject({
  ID: z.string(),
  Version: z.object({ Index: z.number() }),
  Spec: z.looseObject({ Role: z.string(), Availability: z.string(), Labels: z.record(z.string(), z.string()) }),
  Status: z.looseObject({ State: z.string(), Addr: z.string() }),
  Description: z.looseObject({ Hostname: z.string() }),
});
const taskShape = z.looseObject({
  ID: z.string(),
  ServiceID: z.string(),
  NodeID: z.string().optional(),
  DesiredState: z.string(),
  Spec: z.looseObject({}),
  Status: z.looseObject({
    State: z.string(),
    Err: z.string().optional(),
    ContainerStatus: z.looseObject({ ContainerID: z.string().optional() }).nullish(),
  }),
});

export type Node = z.infer<typeof nodeShape>;
export type Task = z.infer<typeof taskShape>;

/** A swarm of real engines, its registry, and the release programs beside the manager. Tasks run as on VMs. */
export class Swarm {
  private constructor(
    readonly engines: Engines,
    public manager: Engine,
    readonly registry: Registry,
    readonly programs: Programs,
    /** Version of the engine, as it says it. */
    readonly version: string,
  ) {}

  /**
   * @param size how many nodes
   * @param managers how many of them manage, the first ones
   * @throws Error where an engine or the registry does not start
   */
  static async start(
    installation: Installation,
    size = 1,
    managers = 1,
    surroundings: Surroundings = {},
  ): Promise<Swarm> {
    const engines = new Engines(installation);
    try {
      await engines.start(size, surroundings);
      const [manager, ...others] = engines.all as [Engine, ...Engine[]];
      const init = { ListenAddr: "0.0.0.0:2377", AdvertiseAddr: manager.address, DefaultAddrPool: ["100.64.0.0/11"] };
      await manager.call("POST", "/swarm/init", { ...init, SubnetSize: 24 });
      const { JoinTokens } = z
        .object({ JoinTokens: z.object({ Worker: z.string(), Manager: z.string() }) })
        .parse(await manager.call("GET", "/swarm"));
      for (const [index, engine] of others.entries())
        await engine.call("POST", "/swarm/join", {
          ListenAddr: "0.0.0.0:2377",
          AdvertiseAddr: engine.address,
          RemoteAddrs: [`${manager.address}:2377`],
          JoinToken: index + 1 < managers ? JoinTokens.Manager : JoinTokens.Worker,
        });
      const { Version } = z.object({ Version: z.string() }).parse(await manager.call("GET", "/version"));
      const registry = Registry.start(engines);
      const swarm = new Swarm(engines, manager, registry, Programs.start(engines, manager), Version);
      while ((await swarm.nodes()).filter(({ Status }) => Status.State === "ready").length < size) await sleep(100);
      return swarm;
    } catch (error) {
      await engines.stop();
      throw error;
    }
  }

  /** Asks another manager from here on. */
  lead(manager: Engine): void {
    this.manager = manager;
  }

  async nodes(): Promise<Node[]> {
    return z.array(nodeShape).parse(await this.manager.call("GET", "/nodes"));
  }

  /** Makes a node one of a fleet, as the leading manager does. */
  async label(node: Node, fleet: string, zone = "eu-west-1a"): Promise<void> {
    const labels = { "lightfleet.fleet": fleet, "lightfleet.zone": zone };
    const [now] = (await this.nodes()).filter(({ ID }) => ID === node.ID);
    await this.manager.call("POST", `/nodes/${node.ID}/update?version=${now!.Version.Index}`, {
      ...now!.Spec,
      Labels: labels,
    });
  }

  /** @param filters as `GET /tasks` takes them: a service of many tasks makes the list of all a long one. */
  async tasks(filters: Readonly<Record<string, readonly string[]>> = {}): Promise<Task[]> {
    const query = `?filters=${encodeURIComponent(JSON.stringify(filters))}`;
    return z.array(taskShape).parse(await this.manager.call("GET", `/tasks${query}`));
  }

  async stop(): Promise<void> {
    this.programs.stop();
    await this.engines.stop();
  }
}
