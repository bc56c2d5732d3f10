import type { Model } from "../../model/schema.js";
import type { FleetView } from "../../sandbox/inventory.js";
import type { DeployedFleet } from "./deployed.js";

export interface InstanceStatus {
  readonly id: string;
  readonly zone: string;
  readonly privateAddress: string;
  readonly machine: string;
  readonly lifecycle: "on-demand" | "spot";
  /** What is told of it in an account only. */
  readonly live?: {
    /** As its group says it, as in `InService`. */
    readonly state: string;
    readonly healthy: boolean;
    /** Version of the launch template that it was made from, where the group knows. */
    readonly template: string | null;
    /** AMI that it was booted from, where EC2 still knows the VM. */
    readonly image: string | null;
    readonly launched: string | null;
  };
}

/** How far a group is in replacing its VMs. */
export interface RefreshStatus {
  /** As AWS says it, as in `InProgress`. */
  readonly state: string;
  /** Of 100. */
  readonly percent: number;
  readonly reason?: string;
}

/** What an autoscaling group is set to, and how its VMs fare. */
export interface GroupStatus {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly healthy: number;
  /** Version of the launch template that new VMs are made from. */
  readonly template: string | null;
  /** How many VMs were made from another version. */
  readonly outdated: number;
  /** The replacement that goes on, or was the last where VMs are outdated still. */
  readonly refresh: RefreshStatus | null;
}

export interface FleetStatus {
  readonly id: string;
  readonly role: "control" | "worker";
  readonly machine: string;
  /** In an account what a deploy would leave it at (the declared number, or that of its group within the declared bounds), in the sandbox as deployed. */
  readonly desired: number;
  readonly running: number;
  /** How many of the running ones were bought on the spot market. */
  readonly spot: number;
  /** How many run in each zone of the fleet, and in zones that it has left. */
  readonly zones: Readonly<Record<string, number>>;
  readonly instances: readonly InstanceStatus[];
  /** In an account: the fleet's group, or null where there is none. */
  readonly group?: GroupStatus | null;
  /** False where the fleet is there and the program, as it was last synthesized, has none of that name. */
  readonly declared?: false;
}

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
