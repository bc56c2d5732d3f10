import { LightfleetError } from "../errors/error.js";

/** Options and positionals that several verbs share. */

export const text = { type: "string", requiresArg: true } as const;

export const texts = { type: "string", array: true, requiresArg: true, default: [] as string[] } as const;

export const flag = { type: "boolean", default: false } as const;

export const sandbox = { ...flag, describe: "Use the embedded cloud instead of the account" } as const;

export const yes = { ...flag, alias: "y", describe: "Skip the confirmation" } as const;

export const target = { ...texts, describe: "Only this fleet, service, gateway or volume" } as const;

export const allowDestroy = { ...texts, describe: "Allow NAME to be destroyed although it stores data" } as const;

export const allowDuplicate = {
  ...flag,
  alias: "anew",
  describe: "Create the cluster although one outside this state exists",
} as const;

export const overwrite = { ...flag, describe: "Replace the output file even if it belongs to the program" } as const;

export const output = { ...text, alias: "o", describe: "Write to this file" } as const;

export const date = { ...text, describe: "Check as of this date, YYYY-MM-DD (default: today)" } as const;

export const region = { ...text, describe: "Region (default: those of the program, or AWS_REGION)" } as const;

export const arch = { ...text, describe: "Architecture: x86_64 or arm64" } as const;

export const release = { ...text, describe: "Photon OS release, such as 5.0" } as const;

/** A positional that names one cluster. */
export const cluster = { type: "string", describe: "Cluster (optional if there is only one)" } as const;

/** A positional that names any number of clusters. */
export const clusters = {
  type: "string",
  array: true,
  default: [] as string[],
  describe: "Clusters (default: all)",
} as const;

/** Goes with `clusters`. */
export const all = { ...flag, describe: "Every cluster of the program" } as const;

/** @throws LF050 where `--all` and names are both given */
export function validateClusters(args: { readonly all: boolean; readonly clusters: readonly string[] }): void {
  if (!args.all || args.clusters.length === 0) return;
  throw new LightfleetError("--all and names of clusters exclude each other", {
    code: "LF050",
    kind: "usage",
    hint: "pass one of them",
  });
}
