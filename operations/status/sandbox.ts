import { readFile } from "node:fs/promises";
import { capacityOf, type Vm } from "../../checks/placement/vms.js";
import type { Model } from "../../model/schema.js";
import { openSandbox } from "../../sandbox/cloud.js";
import { readStack, type SynthesizedCluster } from "../program/output-folder.js";
import { loadModel } from "../program/load-model.js";
import { simulateRollout } from "../rollout/simulate.js";
import type { ClusterStatus } from "./cluster-status.js";
import { readDeclared } from "../../stacks/aws/plan/declared.js";
import { tellApart, type Differences } from "./differences.js";
import type { FleetStatus } from "../../stacks/platform/status.js";
import { describeFleets, undeployedFleets } from "./fleets.js";
import { describeGateways, undeployedGateways } from "./gateways.js";
import { parseState, type Deployed } from "../../stacks/aws/plan/deployed.js";
import { declaredServices, releasedDemand, releasedFacts } from "./service-facts.js";
import { describeServices, type ServiceStatus } from "./services.js";

/**
 * What the embedded cloud of a project holds of a cluster: what was deployed there, and apart from it what the program declares
 * otherwise. Where nothing is deployed, what is declared.
 */
export async function sandboxStatus(dir: string, cluster: SynthesizedCluster): Promise<ClusterStatus> {
  const { id } = cluster;
  const model = await loadModel(cluster.modelFile);
  const sandbox = openSandbox(dir);
  const inventory = sandbox.inventory(id);
  const objects = Object.values(inventory.counts).reduce((sum, count) => sum + count, 0);
  const about = { id, objects, simulated: true };
  if (objects === 0)
    return {
      ...{ ...about, deployed: false },
      fleets: undeployedFleets(model),
      gateways: undeployedGateways(model),
      services: describeServices(declaredServices(model)),
    };
  const deployed = parseState(
    await readFile(sandbox.stateFile(id), "utf8").catch(() => ""),
    "the state in the sandbox",
  );
  const fleets = describeFleets(inventory.fleets, deployed?.fleets ?? new Map(), model);
  return {
    ...{ ...about, deployed: true, fleets },
    gateways: deployed === undefined ? [] : describeGateways(model, inventory, deployed),
    services: services(fleets, deployed),
    differences: await differences(cluster, model, deployed),
  };
}

function services(fleets: readonly FleetStatus[], deployed: Deployed | undefined): ServiceStatus[] {
  const released = deployed?.services ?? new Map();
  const ids = fleets.map((fleet) => fleet.id);
  const demands = [...released].map(([id, service]) => releasedDemand(id, service, ids));
  const used = new Set(demands.flatMap((demand) => demand.fleets));
  const vms = fleets.filter(({ id, role }) => role === "worker" || used.has(id)).flatMap(vmsOf);
  const running = simulateRollout(vms, demands).map(
    ({ id, running: tasks, desired, places }) =>
      [id, { state: tasks < desired ? "pending" : "running", tasks, desired, places }] as const,
  );
  return describeServices(releasedFacts(released, ids), new Map(running));
}

/** The VMs of a fleet as the planner sees them. */
const vmsOf = ({ id, role, machine, instances }: FleetStatus): Vm[] =>
  instances.map(({ zone, lifecycle, machine: type }, i) => ({
    ...{ id: `${id}/${i + 1}`, fleet: id, zone, spot: lifecycle === "spot" },
    ...capacityOf(type || machine, role),
  }));

/** What is declared and not deployed. What was changed outside `drift` tells alone: here, nobody but the engine changes anything. */
async function differences(
  cluster: SynthesizedCluster,
  model: Model,
  deployed: Deployed | undefined,
): Promise<Differences> {
  const root = await readStack(cluster);
  const declared = root === undefined ? undefined : readDeclared(root);
  const { change } = tellApart(model, { fleets: [], gateways: [] }, deployed, declared);
  return { change, drift: null };
}
