import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Demand } from "../../checks/placement/demand.js";
import type { Part } from "../../checks/placement/vm-capacity.js";
import { solve, type Outcome } from "../../checks/placement/solve.js";
import { parts } from "../checks/random.js";
import { Engines, whyNot, type Engine } from "./swarm-daemons.js";

/**
 * The planner against a real Docker Swarm: what it accepts, the scheduler must find a node for.
 *
 * All engines run on one machine, and each says that it has all of it. So a model's VM is made of a node by a service that
 * reserves what the VM has less than the largest: a unit of the model is a tenth of the machine's CPUs and memory, and what is
 * left on a node is exactly what the VM has. Zones and fleets are node labels, as Lightfleet sets them. The tasks are placed
 * and not run: their image is asked of a registry that never answers, and a task that waits for its image holds what it
 * reserves. Whether a node is found is the scheduler's word alone.
 */
const MODELS = 50;
const UNITS = 10;
const NODES = 6;

interface Task {
  readonly Status: { readonly State: string; readonly Err?: string; readonly Message?: string };
  readonly ServiceID: string;
}
interface Node {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: Readonly<Record<string, unknown>>;
  readonly Status: { readonly State: string; readonly Addr: string };
  readonly Description: { readonly Resources: { readonly NanoCPUs: number; readonly MemoryBytes: number } };
}

const reason = whyNot();
if (reason !== undefined) console.warn(`the planner is not held against a real swarm: ${reason}`);

describe.skipIf(reason !== undefined)("a real Docker Swarm", () => {
  const engines = new Engines();
  let manager: Engine;
  let nodes: Node[] = [];
  let unable: string | undefined;

  beforeEach(({ skip }) => {
    if (unable !== undefined) console.warn(`the planner is not held against a real swarm: ${unable}`);
    skip(unable !== undefined, unable);
  });

  beforeAll(async () => {
    try {
      await engines.start(NODES + 1);
    } catch (error) {
      unable = `no engine starts here: ${String(error)}`;
      return;
    }
    manager = engines.all[0]!;
    await manager.call("POST", "/swarm/init", { ListenAddr: "0.0.0.0:2377", AdvertiseAddr: manager.address });
    await manager.call("DELETE", "/networks/ingress");
    const { JoinTokens } = (await manager.call("GET", "/swarm")) as { JoinTokens: { Worker: string } };
    for (const engine of engines.all.slice(1))
      await engine.call("POST", "/swarm/join", {
        ListenAddr: "0.0.0.0:2377",
        AdvertiseAddr: engine.address,
        RemoteAddrs: [`${manager.address}:2377`],
        JoinToken: JoinTokens.Worker,
      });
    nodes = await readyNodes();
  }, 300_000);

  afterAll(() => engines.stop(), 120_000);

  const list = async (): Promise<Node[]> => (await manager.call("GET", "/nodes")) as Node[];

  async function readyNodes(): Promise<Node[]> {
    for (;;) {
      const all = await list();
      const ready = all.filter(
        ({ Status, Description }) => Status.State === "ready" && Description.Resources.NanoCPUs > 0,
      );
      if (ready.length === NODES + 1) {
        const workers = ready.filter(({ Status }) => Status.Addr !== manager.address && Status.Addr !== "0.0.0.0");
        return workers.slice(0, NODES);
      }
      await sleep(500);
    }
  }

  /** What a unit of the models is here. */
  const unit = (): { cpu: number; memory: number } => {
    const { NanoCPUs, MemoryBytes } = nodes[0]!.Description.Resources;
    return { cpu: Math.floor(NanoCPUs / UNITS), memory: Math.floor(MemoryBytes / UNITS) };
  };

  /** Makes a service; its demand is in units of the models. */
  const create = (demand: Omit<Demand, "fleets">, constraints: readonly string[]): Promise<unknown> =>
    manager.call("POST", "/services/create", {
      Name: demand.service,
      TaskTemplate: {
        ContainerSpec: { Image: `${engines.registry}/none:1` },
        RestartPolicy: { Condition: "none" },
        Resources: {
          Reservations: { NanoCPUs: demand.cpuMilli * unit().cpu, MemoryBytes: demand.memoryMiB * unit().memory },
        },
        Placement: {
          Constraints: ["node.role == worker", ...constraints],
          Preferences: [{ Spread: { SpreadDescriptor: "node.labels.zone" } }],
          ...(demand.perVm !== Infinity && demand.count !== "everywhere" && { MaxReplicas: demand.perVm }),
        },
      },
      Mode: demand.count === "everywhere" ? { Global: {} } : { Replicated: { Replicas: demand.count } },
      EndpointSpec: {
        Mode: "dnsrr",
        Ports: demand.hostPorts.map((port) => ({ TargetPort: port, PublishedPort: port, PublishMode: "host" })),
      },
    });

  /** Makes nodes of the VMs: labels, and what each lacks to the largest. */
  async function furnish({ vms }: Part): Promise<void> {
    const now = await list();
    for (const [index, { ID }] of nodes.entries()) {
      const vm = vms[index];
      const { Version } = now.find((node) => node.ID === ID)!;
      await manager.call("POST", `/nodes/${ID}/update?version=${Version.Index}`, {
        Role: "worker",
        Availability: vm === undefined ? "pause" : "active",
        Labels: vm === undefined ? {} : { fleet: vm.fleet, zone: vm.zone, slot: String(index) },
      });
      const lack = { service: `lack-${index}`, count: 1, hostPorts: [], perVm: Infinity };
      if (vm !== undefined)
        await create({ ...lack, cpuMilli: UNITS - vm.cpuMilli, memoryMiB: UNITS - vm.memoryMiB }, [
          `node.labels.slot == ${index}`,
        ]);
    }
    expect(await refused(vms.length)).toEqual([]);
  }

  /** Hands a model to the swarm. @returns what it says of the tasks that it finds no node for */
  async function place(part: Part): Promise<string[]> {
    await furnish(part);
    const fleets = [...new Set(part.vms.map(({ fleet }) => fleet))];
    let expected = part.vms.length;
    for (const demand of part.demands) {
      const others = fleets.filter((fleet) => !demand.fleets.includes(fleet));
      expected +=
        demand.count === "everywhere"
          ? part.vms.filter(({ fleet }) => demand.fleets.includes(fleet)).length
          : demand.count;
      await create(
        demand,
        others.map((fleet) => `node.labels.fleet != ${fleet}`),
      );
    }
    const found = await refused(expected);
    await clear();
    return found;
  }

  const tasks = async (): Promise<Task[]> => (await manager.call("GET", "/tasks")) as Task[];

  /** Waits until the scheduler has had its say on so many tasks. @returns what it says of those that it finds no node for */
  async function refused(expected: number): Promise<string[]> {
    for (;;) {
      const all = await tasks();
      const ended = all.find(({ Status }) => ["failed", "rejected", "complete"].includes(Status.State));
      if (ended !== undefined) throw new Error(`a task gave back what it reserved: ${JSON.stringify(ended.Status)}`);
      const open = all.filter(({ Status }) => ["new", "allocated", "pending"].includes(Status.State));
      const told = open.flatMap(({ Status }) => (Status.Err ? [Status.Err] : []));
      if (all.length === expected && told.length === open.length) return told;
      await sleep(100);
    }
  }

  async function clear(): Promise<void> {
    const services = (await manager.call("GET", "/services")) as { ID: string }[];
    for (const { ID } of services) await manager.call("DELETE", `/services/${ID}`);
    while ((await tasks()).length > 0) await sleep(100);
  }

  /** Random models of which the planner says so. */
  const models = (count: number, is: (outcome: Outcome) => boolean): Part[] =>
    fc
      .sample(parts, { seed: 20_261_124, numRuns: 20 * count })
      .filter((part) => part.demands.some((demand) => demand.count !== 0) && is(solve(part)))
      .slice(0, count);

  test(`never refuses what the planner accepts, over ${MODELS} random models`, async () => {
    const accepted = models(MODELS, (outcome) => outcome.kind === "fits" && outcome.order !== "lucky");
    expect(accepted).toHaveLength(MODELS);
    for (const [index, part] of accepted.entries())
      expect({ index, refused: await place(part) }).toEqual({ index, refused: [] });
  });

  test("refuses what the planner proves not to fit", async () => {
    for (const [index, part] of models(8, ({ kind }) => kind === "misfit").entries()) {
      const found = await place(part);
      expect({ index, refused: found.length > 0 }).toEqual({ index, refused: true });
      expect(found.join()).toContain("no suitable node");
    }
  });
});
