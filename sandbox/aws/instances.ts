import type { Fleet, Instance, Refresh } from "./fleet.js";
import { digest, ec2Id } from "./ids.js";

export interface Wanted {
  /** The group's name. */
  readonly group: string;
  /** What identifiers are made from. */
  readonly seed: readonly unknown[];
  readonly desired: number;
  /** Where instances may be; they are spread evenly over the zones. */
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  readonly template: Instance["launchTemplate"];
  /** Machine types by preference. */
  readonly machines: readonly string[];
  /** So many on-demand instances first, and then this percentage of the others; the rest is spot. */
  readonly onDemand: { readonly base: number; readonly percentAbove: number };
  readonly previous: Fleet | undefined;
  /** Why all instances are to be renewed; empty where they are not. */
  readonly refresh: readonly string[];
  /** A free address in a subnet, besides those in use. */
  readonly address: (subnet: string, seed: readonly unknown[], used: ReadonlySet<string>) => string;
}

/**
 * The instances of a group: those that it keeps, and new ones until there are as many as desired. Scaling in takes the youngest
 * ones of the fullest zone; instances in a subnet that the group has left are replaced.
 */
export function planInstances(wanted: Wanted): Fleet {
  const { previous, refresh, subnets, desired } = wanted;
  const before = previous?.instances ?? [];
  const refreshes = [...(previous?.refreshes ?? [])];
  const renewed = refresh.length > 0 && before.length > 0;
  if (renewed) refreshes.push(newRefresh(wanted, refreshes.length, before.length));
  const stays = (instance: Instance): boolean => subnets.some(({ id }) => id === instance.subnet);
  const instances = renewed ? [] : before.filter(stays);
  while (instances.length > desired) instances.splice(youngestOfFullest(instances), 1);
  // Ordinals go on where they were: no instance ever gets the id of one that is gone.
  for (let ordinal = previous?.launched ?? 0; instances.length < desired && subnets.length > 0; ordinal++)
    instances.push(launch(wanted, instances, ordinal));
  const launched =
    (previous?.launched ?? 0) + instances.filter(({ id }) => !before.some((old) => old.id === id)).length;
  return { instances, refreshes, launched };
}

function newRefresh({ seed, refresh }: Wanted, ordinal: number, replaced: number): Refresh {
  const hex = digest([...seed, "refresh", ordinal], 32);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  return { id, reason: refresh.join(", "), replaced };
}

function launch(
  { seed, subnets, machines, template, onDemand, address }: Wanted,
  others: readonly Instance[],
  ordinal: number,
): Instance {
  const own = [...seed, "instance", ordinal];
  const subnet = leastUsed(subnets, others);
  const isSpot =
    others.filter(({ lifecycle }) => lifecycle === "on-demand").length >= onDemandOf(onDemand, others.length + 1);
  return {
    id: ec2Id("i", own),
    zone: subnet.zone,
    subnet: subnet.id,
    privateAddress: address(subnet.id, own, new Set(others.map(({ privateAddress }) => privateAddress))),
    machine: machines[0] ?? "",
    lifecycle: isSpot ? "spot" : "on-demand",
    launchTemplate: template,
  };
}

/** How many of `total` instances are on demand. AWS rounds the share up. */
function onDemandOf({ base, percentAbove }: Wanted["onDemand"], total: number): number {
  const above = Math.max(0, total - base);
  return Math.min(total, base) + Math.ceil((above * percentAbove) / 100);
}

const inZone = (instances: readonly Instance[], zone: string): number =>
  instances.filter((instance) => instance.zone === zone).length;

function leastUsed(
  subnets: Wanted["subnets"],
  instances: readonly Instance[],
): { readonly id: string; readonly zone: string } {
  const used = (id: string): number => instances.filter(({ subnet }) => subnet === id).length;
  const byZone = [...subnets].sort(
    (a, b) =>
      inZone(instances, a.zone) - inZone(instances, b.zone) ||
      used(a.id) - used(b.id) ||
      (a.zone < b.zone ? -1 : a.zone > b.zone ? 1 : a.id < b.id ? -1 : 1),
  );
  return byZone[0] ?? { id: "", zone: "" };
}

function youngestOfFullest(instances: readonly Instance[]): number {
  const fullest = Math.max(...instances.map(({ zone }) => inZone(instances, zone)));
  return instances.findLastIndex(({ zone }) => inZone(instances, zone) === fullest);
}
