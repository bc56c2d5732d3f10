import type { FleetModel, Model, OsModel, PlatformModel } from "../model/schema.js";
import type { Border } from "./border.js";
import type { Cluster } from "./cluster.js";

/** What of a cluster's resources other resources may refer to; the address is the platform's own. */
export type Handle =
  | { readonly of: "cluster"; readonly attribute: "vpcId" | "bucketName" }
  | {
      readonly of: "fleet";
      readonly name: string;
      readonly attribute: "securityGroupId" | "roleName" | "autoscalingGroupName";
    }
  | { readonly of: "gateway"; readonly name: string; readonly attribute: "dnsName" | "securityGroupId" | "arn" };

/**
 * What turns a model into resources: the port that each cloud implements. Made by a factory such as `aws()`.
 * The language knows platforms only through this interface.
 */
export interface Platform {
  /** The name of the cloud, as the model has it. */
  readonly kind: PlatformModel["kind"];
  /** Checks the platform's options, reports what is wrong with them, and gives their part of the model. */
  settle(border: Border): PlatformModel;
  /** The pinned machine image for a release of Photon OS, or null where none is pinned. */
  imageFor(release: OsModel["release"], arch: FleetModel["arch"]): string | null;
  /** The Terraform address of an attribute, as in `aws_security_group.core.id`. */
  addressOf(handle: Handle): string;
  /** Adds the model's resources to the cluster. */
  render(cluster: Cluster, model: Model): void;
}
