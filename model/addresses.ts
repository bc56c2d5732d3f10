/**
 * Address ranges that every node of a cluster has for itself. The overlay pool is not Swarm's own (10.0.0.0/8), which
 * would lie over most VPCs; 100.64.0.0/10 is the range of RFC 6598 that clouds route nowhere.
 */
export const NODE_RANGES = {
  /** Networks of the swarm: a /24 each, which Swarm gives out by itself. */
  overlay: "100.64.0.0/11",
  /** Networks of the swarm that are larger: a /20 each, which Lightfleet gives out. */
  large: "100.96.0.0/11",
  /** Docker's own bridge, `docker0`. */
  bridge: "172.17.0.0/16",
  /** The bridge that containers leave the swarm by, `docker_gwbridge`. */
  gateway: "172.18.0.0/16",
} as const;
