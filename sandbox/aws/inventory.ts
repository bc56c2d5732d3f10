import { LightfleetError } from "../../errors/error.js";
import type { Instance, Refresh } from "./fleet.js";
import { BrokenFile, type Store, type StoredObject } from "../store.js";
import { count, objects, text, texts } from "../value.js";

/** An autoscaling group and its virtual machines. */
export interface FleetView {
  /** The group's name. */
  readonly name: string;
  readonly region: string;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  /** Tags that the group gives its instances. */
  readonly tags: Readonly<Record<string, string>>;
  readonly targetGroups: readonly string[];
  readonly instances: readonly Instance[];
  readonly refreshes: readonly Refresh[];
}

export interface LoadBalancerView {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly dnsName: string;
  readonly internal: boolean;
  readonly listeners: readonly { readonly port: number; readonly protocol: string }[];
}

export interface TargetGroupView {
  readonly name: string;
  readonly arn: string;
  readonly port: number;
  readonly protocol: string;
  /** Ids of the instances that it sends requests to. They are always healthy: nothing runs in them that could fail. */
  readonly targets: readonly string[];
}

/** An object in a bucket. */
export interface BucketObjectView {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  /** Empty where the bucket is not versioned. */
  readonly versionId: string;
  /** Undefined where the object's bytes come from a file. */
  readonly content: string | undefined;
}

/** What there is of a cluster, as plain data. Everything is ordered by name. */
export interface Inventory {
  readonly fleets: readonly FleetView[];
  readonly loadBalancers: readonly LoadBalancerView[];
  readonly targetGroups: readonly TargetGroupView[];
  readonly bucketObjects: readonly BucketObjectView[];
  /** Everything, as the store holds it. */
  readonly objects: readonly StoredObject[];
  /** How many objects there are of each type, those that came along with others left out. */
  readonly counts: Readonly<Record<string, number>>;
}

interface Located extends StoredObject {
  readonly region: string;
}

/** Reads what belongs to a cluster. @throws LightfleetError LF082 where a file of the store is broken */
export function readInventory(store: Store, cluster: string): Inventory {
  const all = ownedBy(store, cluster);
  const of = (type: string): Located[] =>
    all.filter((object) => object.type === type).sort((a, b) => compare(nameOf(a), nameOf(b)));
  const groups = of("aws_autoscaling_group");
  const counts: Record<string, number> = {};
  for (const { type, automatic } of all) if (!automatic) counts[type] = (counts[type] ?? 0) + 1;
  return {
    fleets: groups.map(fleetView),
    loadBalancers: of("aws_lb").map((balancer) => balancerView(balancer, of("aws_lb_listener"))),
    targetGroups: of("aws_lb_target_group").map((group) => targetGroupView(group, groups)),
    bucketObjects: of("aws_s3_object").map(bucketObjectView),
    objects: all,
    counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => compare(a, b))),
  };
}

function ownedBy(store: Store, cluster: string): Located[] {
  try {
    return store.places().flatMap((place) =>
      store.types(place).flatMap((type) =>
        store
          .list(place, type)
          .filter(({ owner }) => owner === cluster)
          .map((object) => ({ ...object, region: place.region })),
      ),
    );
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    throw new LightfleetError(`the sandbox cannot read ${error.message}`, {
      code: "LF082",
      kind: "config",
      hint: "repair or delete the file, or empty the sandbox with `lightfleet sandbox reset`",
      cause: error,
    });
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nameOf = ({ key, attributes }: StoredObject): string => text(attributes["name"]) ?? key;

function fleetView({ key, region, attributes, fleet }: Located): FleetView {
  const tags = objects(attributes["tag"]).filter((tag) => tag["propagate_at_launch"] === true);
  return {
    name: key,
    region,
    min: count(attributes["min_size"]) ?? 0,
    max: count(attributes["max_size"]) ?? 0,
    desired: count(attributes["desired_capacity"]) ?? 0,
    tags: Object.fromEntries(tags.map((tag) => [text(tag["key"]) ?? "", text(tag["value"]) ?? ""])),
    targetGroups: texts(attributes["target_group_arns"]),
    instances: fleet?.instances ?? [],
    refreshes: fleet?.refreshes ?? [],
  };
}

function balancerView(balancer: Located, listeners: readonly Located[]): LoadBalancerView {
  const { key, region, attributes } = balancer;
  return {
    name: nameOf(balancer),
    region,
    arn: key,
    dnsName: text(attributes["dns_name"]) ?? "",
    internal: attributes["internal"] === true,
    listeners: listeners
      .filter((listener) => listener.attributes["load_balancer_arn"] === key)
      .map((listener) => ({
        port: count(listener.attributes["port"]) ?? 0,
        protocol: text(listener.attributes["protocol"]) ?? "",
      }))
      .sort((a, b) => a.port - b.port),
  };
}

function targetGroupView(group: Located, autoscalingGroups: readonly Located[]): TargetGroupView {
  const senders = autoscalingGroups.filter(({ attributes }) =>
    texts(attributes["target_group_arns"]).includes(group.key),
  );
  return {
    name: nameOf(group),
    arn: group.key,
    port: count(group.attributes["port"]) ?? 0,
    protocol: text(group.attributes["protocol"]) ?? "",
    targets: senders.flatMap(({ fleet }) => fleet?.instances ?? []).map(({ id }) => id),
  };
}

function bucketObjectView({ attributes }: Located): BucketObjectView {
  return {
    bucket: text(attributes["bucket"]) ?? "",
    key: text(attributes["key"]) ?? "",
    etag: text(attributes["etag"]) ?? "",
    versionId: text(attributes["version_id"]) ?? "",
    content: text(attributes["content"]),
  };
}
