import { LightfleetError } from "../errors/error.js";
import { forceUnlock } from "../terraform/state.js";
import type { CommandContext } from "../operations/context.js";
import { atEngine } from "../operations/engine/run-engine.js";
import { selectOne } from "../operations/engine/select-clusters.js";
import { openSession } from "../operations/engine/session.js";
import { openWorkbench } from "../operations/engine/workspace.js";

export interface UnlockOptions {
  /** Id of the lock, as a refused command told it. */
  readonly lock: string;
  /** The cluster; the only one of the program where it is not named. */
  readonly cluster?: string | undefined;
  /** Do not ask. */
  readonly yes: boolean;
}

export interface UnlockResult {
  readonly cluster: string;
  readonly lock: string;
}

/**
 * Takes away a lock that a dead run left behind.
 * @throws LF057 and LF615 where the cluster is not clear, LF059 when the answer is no, LF619 where there is no such lock
 */
export async function unlock({ lock, cluster, yes }: UnlockOptions, context: CommandContext): Promise<UnlockResult> {
  const clusters = cluster === undefined ? [] : [cluster];
  const session = await openSession({ clusters, sandbox: false }, context);
  const only = selectOne(session.clusters, cluster);
  const question = `is the run that holds the lock of ${only.id} dead for certain?`;
  if (!yes && !(await context.host.confirm(question)))
    throw new LightfleetError("not confirmed: nothing was changed", { code: "LF059", kind: "aborted" });
  const workbench = await openWorkbench(session, only, { unlocking: true });
  await atEngine(session, only.id, () => forceUnlock(workbench, lock));
  return { cluster: only.id, lock };
}
