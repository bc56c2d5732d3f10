import { LightfleetError } from "../../errors/error.js";
import type { Model, RouteModel } from "../../model/schema.js";
import type { RolloutStatus } from "../../node/status.js";
import type { CommandContext } from "../context.js";
import { readStack, type SynthesizedCluster } from "../program/output-folder.js";
import { guardNamed } from "../account/verify-account.js";
import { loadModel } from "../program/load-model.js";
import { bucketSource } from "../../stacks/aws/live/release-source.js";
import type { ClusterStatus } from "./cluster-status.js";
import { readDeclared, type Declared } from "../../stacks/aws/plan/declared.js";
import { tellApart } from "./differences.js";
import type { GatewayStatus } from "../../stacks/platform/status.js";
import { describeLiveGateways, readBalancers, type LiveBalancers } from "../../stacks/aws/live/balancers.js";
import { readDeployed, type StateAtHand } from "../state/read-deployed.js";
import { describeLiveFleets, undeclaredFleets } from "../../stacks/aws/live/describe-fleet.js";
import { readGroups, type LiveGroups } from "../../stacks/aws/live/groups.js";
import { readBuckets } from "../../stacks/aws/live/settings.js";
import { declaredServices, releasedFacts } from "./service-facts.js";
import { describeServices, type ServiceFacts, type ServiceStatus } from "./services.js";

interface Subject {
  readonly cluster: SynthesizedCluster;
  readonly model: Model;
  readonly declared: Declared | undefined;
}

/**
 * What the account tells of clusters: their groups and VMs, load balancers and their health, and what the managers say of
 * the services. Clusters of one region are asked for together.
 * @param vms ask EC2 for every VM, however many there are
 * @throws LF600 where a cluster belongs to another account, LF625 to LF630 where AWS does not answer
 */
export async function accountStatus(
  clusters: readonly SynthesizedCluster[],
  context: CommandContext,
  vms = false,
): Promise<ClusterStatus[]> {
  const subjects = await Promise.all(clusters.map(readSubject));
  await guardNamed(subjects.map(({ model }) => model));
  const regions = [...new Set(subjects.map(({ model }) => model.platform.region))];
  const found = await Promise.all(
    regions.map((region) => {
      const here = subjects.filter(({ model }) => model.platform.region === region);
      return readRegion(region, here, context, vms);
    }),
  );
  return clusters.flatMap(({ id }) => found.flat().filter((status) => status.id === id));
}

async function readSubject(cluster: SynthesizedCluster): Promise<Subject> {
  const [model, root] = await Promise.all([loadModel(cluster.modelFile), readStack(cluster)]);
  return { cluster, model, declared: root === undefined ? undefined : readDeclared(root) };
}

async function readRegion(
  region: string,
  subjects: readonly Subject[],
  context: CommandContext,
  vms: boolean,
): Promise<ClusterStatus[]> {
  const ids = subjects.map(({ model }) => model.cluster);
  const models = subjects.map(({ model }) => model);
  const [groups, balancers, buckets, states] = await Promise.all([
    readGroups(region, models, vms),
    readBalancers(region, models),
    readBuckets(region, ids),
    Promise.all(subjects.map(({ cluster }) => readDeployed(context, cluster))),
  ]);
  return Promise.all(
    subjects.map(async ({ model, declared }, i) => {
      const bucket = buckets.get(model.cluster);
      const told = bucket === undefined ? {} : await readTold(bucket, region);
      return describe(model, { groups, balancers, ...told, declared, state: states[i] ?? {}, bucket });
    }),
  );
}

/** What the managers told, or why it cannot be read: fleets and gateways are worth having without it. */
async function readTold(bucket: string, region: string): Promise<Pick<AccountFacts, "status" | "untold">> {
  try {
    const told = await bucketSource(bucket, region).status();
    if (told !== undefined && "unread" in told) return { untold: `status.json cannot be read: ${told.unread}` };
    return { status: told };
  } catch (error) {
    if (!LightfleetError.is(error)) throw error;
    return { untold: error.message };
  }
}

/** What an account tells. */
export interface AccountFacts {
  readonly groups: LiveGroups;
  readonly balancers: LiveBalancers;
  /** What the managers last told. */
  readonly status?: RolloutStatus | undefined;
  /** Why what they told cannot be read. */
  readonly untold?: string;
  readonly declared: Declared | undefined;
  readonly state: StateAtHand;
  readonly bucket: string | undefined;
}

/** What the account tells, beside what a model declares. */
export function describe(model: Model, facts: AccountFacts): ClusterStatus {
  const { groups, balancers, status, untold, declared, state, bucket } = facts;
  const [fleets, gateways] = [describeLiveFleets(model, groups), describeLiveGateways(model, balancers)];
  const others = undeclaredFleets(model, groups);
  const { deployed } = state;
  // What is declared, and was never deployed, is among the changes alone.
  const isNew = (known: { has(id: string): boolean } | undefined, id: string): boolean => known?.has(id) === false;
  const all = [...fleets, ...others];
  const vms = all.reduce((sum, { instances }) => sum + instances.length, 0);
  const there = all.filter(({ group }) => group !== null).length + gateways.filter(({ url }) => url !== null).length;
  const isThere = there + vms > 0 || bucket !== undefined;
  return {
    id: model.cluster,
    deployed: isThere,
    objects: there + vms,
    fleets: all.filter(({ id, group }) => group !== null || !isThere || !isNew(deployed?.fleets, id)),
    gateways: gateways
      .filter(({ id, url }) => url !== null || !isThere || !isNew(deployed?.gateways, id))
      .map((gateway) => withDeployedRoutes(gateway, deployed?.routes.get(gateway.id))),
    services: describeServices(servicesOf(model, facts, fleets), running(status)),
    simulated: false,
    ...(status !== undefined && { told: new Date(status.at * 1000).toISOString() }),
    ...problemsOf(status),
    ...(untold !== undefined && { untold }),
    ...(status?.ingress && { ingress: status.ingress }),
    ...(isThere && {
      differences: {
        ...tellApart(model, { fleets, gateways }, deployed, declared),
        ...(state.unread !== undefined && { unread: state.unread }),
      },
    }),
  };
}

/** As deployed, where that is known from the state or from the managers; else as declared. */
function servicesOf(
  model: Model,
  { state, status }: AccountFacts,
  fleets: readonly { readonly id: string }[],
): readonly ServiceFacts[] {
  const released = state.deployed?.services;
  if (released !== undefined)
    return releasedFacts(
      released,
      fleets.map(({ id }) => id),
    );
  return status === undefined ? declaredServices(model) : [];
}

/** A gateway without routes that are declared, and not deployed yet. */
const withDeployedRoutes = (gateway: GatewayStatus, routes: readonly RouteModel[] | undefined): GatewayStatus => ({
  ...gateway,
  routes: gateway.routes.filter(
    ({ path, service, port }) =>
      routes?.some((one) => one.path === path && one.service === service && one.port === port) !== false,
  ),
});

function problemsOf(status: RolloutStatus | undefined): Pick<ClusterStatus, "problems"> {
  const problems = Object.entries(status?.nodes ?? {}).flatMap(([node, { problem }]) =>
    typeof problem === "string" ? [{ node, what: problem }] : [],
  );
  return problems.length > 0 ? { problems } : {};
}

function running(status: RolloutStatus | undefined): Map<string, NonNullable<ServiceStatus["running"]>> {
  return new Map(
    Object.entries(status?.services ?? {}).map(([id, { state, running: tasks, desired, nodes, error, ...images }]) => {
      const places: Record<string, number> = {};
      for (const host of nodes) places[host] = (places[host] ?? 0) + 1;
      const { image, wanted } = images;
      const known = { state, tasks, desired, places, image, ...(typeof wanted === "string" && { wanted }) };
      return [id, { ...known, ...(error !== undefined && { error }) }];
    }),
  );
}
