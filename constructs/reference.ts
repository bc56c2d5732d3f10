import { ref, Token } from "cdktf";
import type { Cluster } from "./cluster.js";
import { tryClusterOf, type Element } from "./element.js";
import type { Handle } from "./platform.js";

/**
 * A cdktf token for an attribute of one of our resources. It may be used before the resource is rendered, and in other
 * stacks; the address is fixed by the name.
 */
export function reference(element: Element, handle: Handle): string {
  const cluster = tryClusterOf(element);
  return cluster === undefined ? "" : clusterReference(cluster, handle);
}

/** The same for a cluster's own resources. */
export function clusterReference(cluster: Cluster, handle: Handle): string {
  return Token.asString(ref(cluster.platform.addressOf(handle), cluster));
}
