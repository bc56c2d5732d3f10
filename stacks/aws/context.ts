import type { Construct } from "constructs";
import type { Model } from "../../model/schema.js";
import type { Ref } from "../../providers/aws/reference.js";
import { nameTag } from "./cluster-tags.js";

/** What the resources of a cluster are rendered with: where they stand, and what they are made from. */
export interface Site {
  readonly scope: Construct;
  readonly model: Model;
}

/** The network, as the other concerns refer to it. */
export interface Network {
  readonly vpcId: Ref;
  /** Subnet ids by zone. */
  readonly privateSubnets: ReadonlyMap<string, Ref>;
  readonly publicSubnets: ReadonlyMap<string, Ref>;
}

/** The bucket of the cluster, as the other concerns refer to it. */
export interface Storage {
  readonly bucket: Ref;
  readonly bucketArn: Ref;
  readonly releaseKey: string;
}

/** Name tag of a resource: what the console of AWS shows. */
export const named = (site: Site, ...parts: readonly string[]): { readonly Name: string } =>
  nameTag(site.model, ...parts);
