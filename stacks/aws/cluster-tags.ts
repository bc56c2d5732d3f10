import type { FleetModel, Model } from "../../model/schema.js";

type Tags = Readonly<Record<string, string>>;
type Tagged = Pick<Model, "cluster" | "tags">;

/** What the provider puts on every resource of a cluster that takes tags. */
export const defaultTags = ({ cluster, tags }: Tagged): Record<string, string> => ({
  ...tags,
  "lightfleet:cluster": cluster,
});

/** Name tag of a resource: what the console of AWS shows. */
export const nameTag = (
  { cluster }: Pick<Model, "cluster">,
  ...parts: readonly string[]
): { readonly Name: string } => ({
  Name: [cluster, ...parts].join("-"),
});

/** The tags of most resources of a cluster. */
export const clusterTags = (model: Tagged): Tags => ({ ...defaultTags(model), ...nameTag(model) });

/** Autoscaling groups do not take the provider's default tags: VMs and volumes get all that the cluster has. */
export const vmTags = (model: Tagged, { id, tags }: Pick<FleetModel, "id" | "tags">): Record<string, string> => ({
  ...model.tags,
  ...tags,
  ...nameTag(model, id),
  "lightfleet:cluster": model.cluster,
  "lightfleet:fleet": id,
});
