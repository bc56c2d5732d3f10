import type { Model } from "../model/schema.js";
import type { Json } from "./json.js";
import { composeStack } from "./stack.js";

/** Version of the bundle's format; the agent refuses one that it does not know. */
export const RELEASE_VERSION = 1;

/**
 * The release bundle: what the managers pull and apply, the services' desired state as one document.
 * It holds nothing that changes from one deploy to the next while the services stay the same.
 */
export function releaseBundle(model: Model): Json {
  return { version: RELEASE_VERSION, cluster: model.cluster, stack: composeStack(model) };
}
