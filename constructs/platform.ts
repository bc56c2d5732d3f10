import type { FleetModel, Model, OsModel, PlatformModel } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import type { Cluster } from "./cluster.js";
import type { ProgramErrorCode } from "../errors/catalog.js";

/** What of a cluster's resources other resources may refer to; the address is the platform's own. */
export type Handle =
  | { readonly of: "cluster"; readonly attribute: "vpcId" | "bucketName" }
  | {
      readonly of: "fleet";
      readonly name: string;
      readonly attribute: "securityGroupId" | "roleName" | "autoscalingGroupName";
    }
  | { readonly of: "gateway"; readonly name: string; readonly attribute: "dnsName" | "securityGroupId" | "arn" };

/** Refuses something of an element by its name, or of the cluster itself (null), at the line where it was declared. */
export type RefuseOn = (on: string | null, code: ProgramErrorCode, message: string, hint?: string) => void;

/** A name that a cloud takes once. */
export interface UniqueName {
  /** Id of the fleet or gateway that gets it, or null for the cluster itself. */
  readonly on: string | null;
  /** What has it, as in "load balancer". */
  readonly what: string;
  readonly name: string;
  /** Within what it must be the only one, beside the account: as in a region. */
  readonly within: string;
}
/** Stands where a program has no platform, which is reported: nothing is made of it. */
export const noPlatform: Platform = {
  kind: "aws",
  settle: () => ({ kind: "aws", region: "", zones: [], cidr: "10.0.0.0/16", nat: "one", peers: [] }),
  imageFor: () => null,
  addressOf: () => "none",
  render: () => undefined,
  check: () => undefined,
  uniqueNames: () => [],
};

/**
 * What turns a model into resources: the port that each cloud implements. Made by a factory such as `aws()`.
 * The language knows platforms only through this interface.
 */
export interface Platform {
  /** The name of the cloud, as the model has it. */
  readonly kind: PlatformModel["kind"];
  /** Checks the platform's options, reports what is wrong with them, and gives their part of the model. */
  settle(border: Border): PlatformModel;
  /** Notes what of a model the cloud would refuse: limits of names, sizes, counts, characters and ranges. */
  check(model: Model, refuse: RefuseOn): void;
  /** The names of a model's resources that must not be in use by another cluster. */
  uniqueNames(model: Model): readonly UniqueName[];
  /** The pinned machine image for a release of Photon OS, or null where none is pinned. */
  imageFor(release: OsModel["release"], arch: FleetModel["arch"]): string | null;
  /** The Terraform address of an attribute, as in `aws_security_group.core.id`. */
  addressOf(handle: Handle): string;
  /** Adds the model's resources to the cluster. */
  render(cluster: Cluster, model: Model): void;
}
