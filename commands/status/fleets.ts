import type { Model } from "../../model/schema.js";
import type { FleetView } from "../../sandbox/inventory.js";

export interface InstanceStatus {
  readonly id: string;
  readonly zone: string;
  readonly privateAddress: string;
  readonly machine: string;
  readonly lifecycle: "on-demand" | "spot";
}

export interface FleetStatus {
  readonly id: string;
  readonly role: "control" | "worker";
  readonly machine: string;
  /** As declared. */
  readonly desired: number;
  readonly running: number;
  /** How many of the running ones were bought on the spot market. */
  readonly spot: number;
  /** How many run in each zone of the fleet, and in zones that it has left. */
  readonly zones: Readonly<Record<string, number>>;
  readonly instances: readonly InstanceStatus[];
}

/** The fleets of a model, with the VMs that their autoscaling groups have. Groups give VMs the id of their fleet as a tag. */
export function describeFleets(model: Model, groups: readonly FleetView[]): FleetStatus[] {
  return model.fleets.map((fleet) => {
    const group = groups.find(({ tags }) => tags["lightfleet:fleet"] === fleet.id);
    const instances = (group?.instances ?? []).map(({ id, zone, privateAddress, machine, lifecycle }) => ({
      ...{ id, zone, privateAddress, machine, lifecycle },
    }));
    const zones = [...new Set([...fleet.zones, ...instances.map(({ zone }) => zone)])].sort();
    const inZone = (zone: string): number => instances.filter((instance) => instance.zone === zone).length;
    return {
      id: fleet.id,
      role: fleet.role,
      machine: fleet.machine,
      desired: fleet.size.desired,
      running: instances.length,
      spot: instances.filter((instance) => instance.lifecycle === "spot").length,
      zones: Object.fromEntries(zones.map((zone) => [zone, inZone(zone)])),
      instances,
    };
  });
}
