import { outputs } from "../../terraform/output.js";
import type { Model } from "../../model/schema.js";
import type { RolloutStatus } from "../../node/status.js";
import type { CommandContext } from "../context.js";
import { loadModel } from "../rollout/model.js";
import { bucketSource } from "../rollout/source.js";
import { openSession, openWorkbench } from "../stack/session.js";
import type { ClusterStatus } from "../status.js";
import { describeServices, type ServiceStatus } from "./services.js";

/**
 * What the managers tell of clusters in the account: which VMs are members, and what runs where.
 * @throws LF076 where the cluster's bucket cannot be read, and what synthesizing and the engine throw
 */
export async function accountStatus(clusters: readonly string[], context: CommandContext): Promise<ClusterStatus[]> {
  const session = await openSession({ clusters, sandbox: false }, context);
  const found: ClusterStatus[] = [];
  for (const cluster of session.clusters) {
    const model = await loadModel(cluster.modelFile);
    const { bucket } = await outputs(await openWorkbench(session, cluster));
    const name = typeof bucket?.value === "string" ? bucket.value : undefined;
    const source = name === undefined ? undefined : await bucketSource(name, model.platform.region);
    found.push(describe(cluster.id, model, await source?.status(), name !== undefined));
  }
  return found;
}

/** A status by the managers' word. */
export function describe(
  id: string,
  model: Model,
  status: RolloutStatus | undefined,
  deployed: boolean,
): ClusterStatus {
  const nodes = Object.values(status?.nodes ?? {});
  const fleets = model.fleets.map((fleet) => {
    const members = nodes.filter((node) => node.fleet === fleet.id && node.state === "ready");
    const zones = [...new Set([...fleet.zones, ...members.map(({ zone }) => zone ?? "?")])].sort();
    return {
      id: fleet.id,
      role: fleet.role,
      machine: fleet.machine,
      desired: fleet.size.desired,
      running: members.length,
      spot: 0,
      zones: Object.fromEntries(zones.map((zone) => [zone, members.filter((node) => node.zone === zone).length])),
      instances: [],
    };
  });
  return {
    id,
    deployed,
    objects: nodes.length,
    fleets,
    gateways: [],
    services: describeServices(model, running(status)),
    simulated: false,
  };
}

function running(status: RolloutStatus | undefined): Map<string, NonNullable<ServiceStatus["running"]>> {
  return new Map(
    Object.entries(status?.services ?? {}).map(([id, { state, running: tasks, desired, nodes, error }]) => {
      const places: Record<string, number> = {};
      for (const host of nodes) places[host] = (places[host] ?? 0) + 1;
      return [id, { state, tasks, desired, places, ...(error !== undefined && { error }) }];
    }),
  );
}
