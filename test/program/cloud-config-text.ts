import type { FleetModel, Model } from "../../model/schema.js";
import { cloudConfig } from "../../node/cloud-config.js";

/** A fleet's cloud-config as cloud-init reads it. */
export function cloudConfigText(model: Model, fleet: FleetModel): string {
  const { head, tail } = cloudConfig(model, fleet);
  return head + tail;
}
