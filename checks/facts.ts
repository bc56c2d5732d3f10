/** Facts about releases that rules go by, each with its source. */

/**
 * The day from which a release of Photon OS gets no fixes. 4.0: tied to vSphere 8, by its developers (endoflife.date, pull
 * request 9025, 2025-11). 5.0: no day is published.
 */
export const PHOTON_END: Readonly<Record<string, string | undefined>> = { "4.0": "2027-10-11", "5.0": undefined };

/** Versions of Docker whose swarm mode is broken in a way that a cluster of ours would meet. */
export interface DockerRegression {
  readonly from: string;
  /** The first version that is right again; undefined where none is known. */
  readonly until?: string;
  readonly what: string;
}

export const DOCKER_REGRESSIONS: readonly DockerRegression[] = [
  {
    from: "28.2.0",
    until: "28.3.0",
    what: "overlay networks and service names fail (moby#50129, moby#50232)",
  },
  {
    from: "29.0.0",
    what: "service names stop resolving after a node was away for some seconds (moby#53141; fixed in moby#53142, in no release known here)",
  },
];

/**
 * The first version of Docker whose encrypted networks are: older ones take datagrams in the clear, and send them so where a kernel lacks
 * what their rules need (CVE-2023-28840, -28841, -28842; 20.10.24 and 23.0.3 have the fix).
 */
export const encryptsSafely = (version: string): boolean =>
  compareVersions(version, version.startsWith("20.10.") ? "20.10.24" : "23.0.3") >= 0;

/**
 * Capabilities that Docker knows only from a version on, whatever the kernel knows (moby/moby#41563 took them out before 20.10.0,
 * moby/moby#42011 put them back, which was not taken over into 20.10: moby/moby#42601). Seen: refused by 20.10.24, taken by 28.5.2.
 */
export const LATE_CAPABILITIES: { readonly since: string; readonly names: readonly string[] } = {
  since: "23.0.0",
  names: ["BPF", "CHECKPOINT_RESTORE", "PERFMON"],
};

/** Compares versions of numbers and dots. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
