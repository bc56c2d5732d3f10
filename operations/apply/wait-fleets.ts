import { LightfleetError } from "../../errors/error.js";
import type { FleetProgress } from "../../stacks/platform/status.js";
import { recognize } from "../engine/failures.js";
import { outlast } from "../rollout/retry.js";
import { pause } from "../sleep.js";

export interface FleetWait {
  /** Aborted by Ctrl-C: the groups go on, only the waiting ends. */
  readonly signal: AbortSignal;
  /** Told whenever something is otherwise than at the last look; not at all where nothing is to be waited for. */
  readonly onFleets: (fleets: readonly FleetProgress[]) => void;
  /** How the fleets fare. */
  readonly look: () => Promise<readonly FleetProgress[]>;
  /** How long it may take, in milliseconds. @default 30 minutes */
  readonly timeoutMs?: number;
  /** Time between two looks, in milliseconds. @default 5 seconds */
  readonly everyMs?: number;
}

/**
 * Waits until each fleet has as many healthy VMs as are wanted of it, and no VM is being replaced any more.
 * @returns how they are then
 * @throws LF606 where a replacement failed or it takes too long, LF071 once interrupted, LF625 to LF630 where AWS does not answer,
 * also after a few looks
 */
export async function awaitFleets(cluster: string, wait: FleetWait): Promise<readonly FleetProgress[]> {
  const { signal, onFleets, look, timeoutMs = 1_800_000, everyMs = 5_000 } = wait;
  const end = Date.now() + timeoutMs;
  let told: string | undefined;
  for (;;) {
    const fleets = await outlast(look, { signal, everyMs, what: `the VMs of ${cluster}` });
    const text = JSON.stringify(fleets);
    const done = fleets.every(isThere);
    if (text !== told && !(done && told === undefined)) onFleets(fleets);
    told = text;
    const failed = fleets.find(({ refresh }) => refresh?.outcome === "failed");
    if (failed !== undefined) throw refreshFailed(cluster, failed);
    if (done) return fleets;
    if (Date.now() >= end) throw late(cluster, fleets, timeoutMs);
    await pause(everyMs, signal, `the VMs of ${cluster}`);
  }
}

const isThere = ({ healthy, desired, refresh }: FleetProgress): boolean =>
  healthy >= desired && refresh?.outcome !== "running";

function refreshFailed(cluster: string, { id, refresh }: FleetProgress): LightfleetError {
  const why = refresh?.reason === undefined ? "" : `: ${refresh.reason}`;
  return new LightfleetError(
    `the replacement of VMs in ${cluster}/${id} ended as '${refresh?.state}' at ${refresh?.percent ?? 0} %${why}`,
    {
      code: "LF606",
      kind: "external",
      hint: `VMs that were replaced stay as they are, and 'lightfleet status --vms' shows which; the rest is replaced by the next change of their boot data, or with ${refresh?.restart}`,
    },
  );
}

function late(cluster: string, fleets: readonly FleetProgress[], timeoutMs: number): LightfleetError {
  const missing = fleets.filter((fleet) => !isThere(fleet));
  const problem = missing.find((fleet) => fleet.problem !== undefined)?.problem;
  const known = problem === undefined ? undefined : recognize(problem);
  const open = missing.map(({ id, healthy, desired }) => `${id} ${healthy}/${desired}`).join(", ");
  const why = problem === undefined ? "" : `; ${problem}`;
  return new LightfleetError(
    `the VMs of ${cluster} are not all there after ${Math.round(timeoutMs / 60_000)} minutes: ${open}${why}`,
    {
      code: known?.code ?? "LF606",
      kind: "external",
      hint: known?.hint ?? "they go on without this command; look again with 'lightfleet status'",
    },
  );
}
