import type { Model } from "../../model/schema.js";
import type { FleetView } from "../../sandbox/aws/inventory.js";
import type { DeployedFleet } from "../../stacks/aws/plan/deployed.js";
import type { FleetStatus } from "../../stacks/platform/status.js";

/** The fleets of a model of which nothing is there. */
export const undeployedFleets = ({ fleets }: Model): FleetStatus[] =>
  fleets.map(({ id, role, machine, size, zones }) => ({
    ...{ id, role, machine, desired: size.desired, running: 0, spot: 0, instances: [] },
    zones: Object.fromEntries(zones.map((zone) => [zone, 0])),
  }));

/**
 * The fleets that are deployed, with the VMs that their autoscaling groups have. Groups give VMs the id of their fleet as a tag.
 * @param deployed what the state tells of them
 * @param model as declared; tells only in which zones of a fleet there might be VMs
 */
export function describeFleets(
  groups: readonly FleetView[],
  deployed: ReadonlyMap<string, DeployedFleet>,
  model: Model,
): FleetStatus[] {
  return groups.flatMap((group): FleetStatus[] => {
    const id = group.tags[FLEET_TAG];
    if (id === undefined) return [];
    const instances = group.instances.map(({ zone, privateAddress, machine, lifecycle, ...one }) => ({
      ...{ id: one.id, zone, privateAddress, machine, lifecycle },
    }));
    const declared = model.fleets.find((fleet) => fleet.id === id);
    const zones = [...new Set([...(declared?.zones ?? []), ...instances.map(({ zone }) => zone)])].sort();
    const inZone = (zone: string): number => instances.filter((instance) => instance.zone === zone).length;
    return [
      {
        ...{ id, instances, desired: group.desired, running: instances.length },
        role: id === CONTROL ? "control" : "worker",
        machine: deployed.get(id)?.machine ?? instances[0]?.machine ?? declared?.machine ?? "",
        spot: instances.filter((instance) => instance.lifecycle === "spot").length,
        zones: Object.fromEntries(zones.map((zone) => [zone, inZone(zone)])),
      },
    ];
  });
}

const FLEET_TAG = "lightfleet:fleet";
/** The fleet of the managers. */
const CONTROL = "control";
