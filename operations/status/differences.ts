import { desiredOf, setsDesired } from "../../model/fleet-size.js";
import type { Model, RouteModel } from "../../model/schema.js";
import type { Declared } from "../../stacks/aws/plan/declared.js";
import type { FleetStatus, GatewayStatus } from "../../stacks/platform/status.js";
import type { Deployed, DeployedFleet } from "../../stacks/aws/plan/deployed.js";
import { otherSettings, UNKNOWN, type ReleasedService } from "../../node/released.js";

/** One thing that is not alike in two places. */
export interface Difference {
  /** Id of the fleet, service or gateway. */
  readonly on: string;
  /** As in `desired` or `image`. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

export interface Differences {
  /** What the program declares, and no deploy has made yet: from what was deployed, to what is declared. */
  readonly change: readonly Difference[];
  /** What was changed outside of the program: from what was deployed, to what is there. Null where the state is not at hand. */
  readonly drift: readonly Difference[] | null;
  /** Why the state cannot be read, where it is there. */
  readonly unread?: string;
}

interface There {
  readonly fleets: readonly FleetStatus[];
  readonly gateways: readonly GatewayStatus[];
}

/**
 * Tells what is still to be deployed from what somebody did by hand. The state is what was deployed last; where it is not at
 * hand, what is there is taken for it, and nothing is known of services, nor of drift.
 * @param declared what the program was written to beside its model, where that is there
 */
export function tellApart(
  model: Model,
  there: There,
  deployed: Deployed | undefined,
  declared: Declared | undefined,
): Differences {
  const base = deployed ?? baseOf(there);
  return {
    change: [
      ...changedFleets(model, base, declared),
      ...changedGateways(model, base, declared),
      ...changedServices(base, declared),
    ],
    drift:
      deployed === undefined
        ? null
        : [...driftedFleets(model, there, deployed), ...lostGateways(model, there, deployed)],
  };
}

const FACTS = ["min", "desired", "max", "machine", "image"] as const;
const ABSENT = "(none)";

function compare(on: string, from: DeployedFleet, to: DeployedFleet): Difference[] {
  return FACTS.flatMap((what) => {
    const [a, b] = [from[what], to[what]];
    return a === undefined || b === undefined || a === b ? [] : [{ on, what, from: String(a), to: String(b) }];
  });
}

function changedFleets({ fleets }: Model, deployed: Deployed, declared: Declared | undefined): Difference[] {
  const changed = fleets.flatMap((fleet) => {
    const { id, machine, os } = fleet;
    const before = deployed.fleets.get(id);
    if (before === undefined) return [{ on: id, what: "fleet", from: ABSENT, to: machine }];
    const size = { ...fleet.size, desired: desiredOf(fleet, before.desired) };
    return compare(id, before, { ...size, machine, image: declared?.images.get(id) ?? os.image ?? undefined });
  });
  // Groups of the program's own are no fleets, and are not gone either.
  const isDeclared = (id: string): boolean =>
    fleets.some((fleet) => fleet.id === id) || declared?.groups.has(id) === true;
  const gone = [...deployed.fleets.keys()].filter((id) => !isDeclared(id));
  return [...changed, ...gone.map((on) => ({ on, what: "fleet", from: "deployed", to: ABSENT }))];
}

function changedGateways({ gateways }: Model, deployed: Deployed, declared: Declared | undefined): Difference[] {
  const added = gateways.filter(({ id }) => !deployed.gateways.has(id));
  const gone = declared === undefined ? [] : [...deployed.gateways].filter((id) => !declared.balancers.has(id));
  const kept = gateways.flatMap(({ id: on, routes }) => {
    const before = deployed.routes.get(on);
    const [from, to] = [before ?? [], routes].map(routesText);
    return before === undefined || from === to ? [] : [{ on, what: "routes", from: from ?? "", to: to ?? "" }];
  });
  return [
    ...added.map(({ id: on }) => ({ on, what: "gateway", from: ABSENT, to: "declared" })),
    ...kept,
    ...gone.map((on) => ({ on, what: "gateway", from: "deployed", to: ABSENT })),
  ];
}

const routesText = (routes: readonly RouteModel[]): string =>
  routes
    .map(({ path, service, port }) => `${path} ${service}:${port}`)
    .sort()
    .join(", ");

function changedServices({ services: before }: Deployed, declared: Declared | undefined): Difference[] {
  const now = declared?.services;
  if (before === undefined || now === undefined) return [];
  const changed = [...now].flatMap(([id, service]) => {
    const from = before.get(id);
    return from === undefined
      ? [{ on: id, what: "service", from: ABSENT, to: "declared" }]
      : changedService(id, from, service);
  });
  const gone = [...before.keys()].filter((id) => !now.has(id));
  return [...changed, ...gone.map((on) => ({ on, what: "service", from: "deployed", to: ABSENT }))];
}

function changedService(on: string, from: ReleasedService, to: ReleasedService): Difference[] {
  const found = (["image", "replicas"] as const).flatMap((what) =>
    from[what] === to[what] || to[what] === UNKNOWN
      ? []
      : [{ on, what, from: String(from[what]), to: String(to[what]) }],
  );
  const settings = otherSettings(from, to);
  if (settings.length === 0) return found;
  return [...found, { on, what: "settings", from: "as deployed", to: `other ${settings.join(", ")}` }];
}

function driftedFleets(model: Model, { fleets }: There, deployed: Deployed): Difference[] {
  const scales = new Set(model.fleets.filter((fleet) => !setsDesired(fleet)).map(({ id }) => id));
  return fleets.flatMap(({ id, group }) => {
    const before = deployed.fleets.get(id);
    if (before === undefined || group === undefined) return [];
    if (group === null) return [{ on: id, what: "fleet", from: "deployed", to: ABSENT }];
    const { min, max, desired, template } = group;
    // What scales it within its bounds is no drift.
    const found = compare(id, before, { min, max, ...(!scales.has(id) && { desired }) });
    if (before.template !== undefined && template !== null && before.template !== template)
      found.push({ on: id, what: "template", from: before.template, to: template });
    return found;
  });
}

function lostGateways({ gateways }: Model, there: There, deployed: Deployed): Difference[] {
  return gateways
    .filter(({ id }) => deployed.gateways.has(id) && there.gateways.find((one) => one.id === id)?.url === null)
    .map(({ id: on }) => ({ on, what: "load balancer", from: "deployed", to: ABSENT }));
}

/** What is there, in place of what was deployed. */
function baseOf({ fleets, gateways }: There): Deployed {
  return {
    fleets: new Map(
      fleets.flatMap(({ id, group }) =>
        group === null || group === undefined
          ? []
          : [[id, { min: group.min, max: group.max, desired: group.desired }] as const],
      ),
    ),
    services: undefined,
    routes: new Map(),
    gateways: new Set(gateways.flatMap(({ id, url }) => (url === null ? [] : [id]))),
  };
}
