import type { Model } from "../../model/schema.js";
import type { StoredObject } from "../../sandbox/store.js";

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
  /** How many run in each zone of the fleet. */
  readonly zones: Readonly<Record<string, number>>;
  readonly instances: readonly InstanceStatus[];
}

/** The fleets of a model, with the VMs that their autoscaling groups have. */
export function describeFleets(model: Model, objects: readonly StoredObject[]): FleetStatus[] {
  return model.fleets.map((fleet) => {
    const group = objects.find((object) => object.type === "aws_autoscaling_group" && fleetOf(object) === fleet.id);
    const instances = (group?.fleet?.instances ?? []).map(({ id, zone, privateAddress, machine, lifecycle }) => ({
      ...{ id, zone, privateAddress, machine, lifecycle },
    }));
    const inZone = (zone: string): number => instances.filter((instance) => instance.zone === zone).length;
    return {
      id: fleet.id,
      role: fleet.role,
      machine: fleet.machine,
      desired: fleet.size.desired,
      running: instances.length,
      spot: instances.filter((instance) => instance.lifecycle === "spot").length,
      zones: Object.fromEntries(fleet.zones.map((zone) => [zone, inZone(zone)])),
      instances,
    };
  });
}

/** Groups carry the id of their fleet as a tag. */
export function fleetOf({ attributes }: StoredObject): string | undefined {
  const tags = attributes["tag"];
  if (!Array.isArray(tags)) return undefined;
  const tag: unknown = tags.find((value: unknown) => isRecord(value) && value["key"] === "lightfleet:fleet");
  return isRecord(tag) && typeof tag["value"] === "string" ? tag["value"] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
