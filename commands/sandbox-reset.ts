import { existsSync } from "node:fs";
import { LightfleetError } from "../errors/error.js";
import { openSandbox } from "../sandbox/cloud.js";
import type { CommandContext } from "../operations/context.js";

export interface ResetResult {
  /** The cluster that was forgotten; null where it was everything. */
  readonly cluster: string | null;
  /** Whether there was a sandbox at all. */
  readonly existed: boolean;
}

/** Empties the embedded cloud of the project: objects and state. @throws LF642 where there is no such cluster, LF081 where the name cannot be a cluster's */
export async function resetSandbox(cluster: string | undefined, context: CommandContext): Promise<ResetResult> {
  const sandbox = openSandbox(context.dir);
  const existed = existsSync(sandbox.directory);
  const known = sandbox.clusters();
  if (cluster !== undefined && existed && !known.includes(cluster) && sandbox.inventory(cluster).objects.length === 0)
    throw new LightfleetError(
      `the sandbox has no cluster '${cluster}': ${known.length === 0 ? "it is empty" : `it has ${known.join(", ")}`}`,
      {
        code: "LF642",
        kind: "usage",
      },
    );
  await sandbox.reset(cluster);
  return { cluster: cluster ?? null, existed };
}
