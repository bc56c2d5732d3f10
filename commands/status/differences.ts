import type { Model } from "../../model/schema.js";
import type { Deployed, DeployedFleet } from "./live/deployed.js";
import type { FleetStatus } from "./fleets.js";
import type { GatewayStatus } from "./gateways.js";

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
}

interface There {
  readonly fleets: readonly FleetStatus[];
  readonly gateways: readonly GatewayStatus[];
}

/**
 * Tells what is still to be deployed from what somebody did by hand. The state is what was deployed last; where it is not at
 * hand, what is there is taken for it, and nothing is known of drift.
 */
export function tellApart(model: Model, there: There, deployed: Deployed | undefined): Differences {
  const base = deployed ?? { fleets: fleetsThere(there), services: new Map<string, string>() };
  return {
    change: [...changedFleets(model, base), ...changedServices(model, base)],
    drift: deployed === undefined ? null : [...driftedFleets(there, deployed), ...lostGateways(model, there, deployed)],
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

function changedFleets({ fleets }: Model, deployed: Deployed): Difference[] {
  const changed = fleets.flatMap(({ id, size, machine, os }) => {
    const before = deployed.fleets.get(id);
    if (before === undefined) return [{ on: id, what: "fleet", from: ABSENT, to: machine }];
    return compare(id, before, { ...size, machine, ...(os.image !== null && { image: os.image }) });
  });
  const gone = [...deployed.fleets.keys()].filter((id) => !fleets.some((fleet) => fleet.id === id));
  return [...changed, ...gone.map((on) => ({ on, what: "fleet", from: "deployed", to: ABSENT }))];
}

function changedServices({ services }: Model, deployed: Deployed): Difference[] {
  if (deployed.services.size === 0) return [];
  return services.flatMap(({ id, image }) => {
    const before = deployed.services.get(id);
    if (before === undefined) return [{ on: id, what: "service", from: ABSENT, to: "declared" }];
    return typeof image !== "string" || image === before ? [] : [{ on: id, what: "image", from: before, to: image }];
  });
}

function driftedFleets({ fleets }: There, deployed: Deployed): Difference[] {
  return fleets.flatMap(({ id, group }) => {
    const before = deployed.fleets.get(id);
    if (before === undefined || group === undefined) return [];
    if (group === null) return [{ on: id, what: "fleet", from: "deployed", to: ABSENT }];
    const { min, max, desired, template } = group;
    const found = compare(id, before, { min, max, desired });
    if (before.template !== undefined && template !== null && before.template !== template)
      found.push({ on: id, what: "template", from: before.template, to: template });
    return found;
  });
}

function lostGateways({ gateways }: Model, there: There, deployed: Deployed): Difference[] {
  return gateways
    .filter(({ id }) => deployed.gateways?.has(id) && there.gateways.find((one) => one.id === id)?.url === null)
    .map(({ id: on }) => ({ on, what: "load balancer", from: "deployed", to: ABSENT }));
}

function fleetsThere({ fleets }: There): Map<string, DeployedFleet> {
  return new Map(
    fleets.flatMap(({ id, group }) =>
      group === null || group === undefined
        ? []
        : [[id, { min: group.min, max: group.max, desired: group.desired }] as const],
    ),
  );
}
