import { setTimeout as sleep } from "node:timers/promises";
import { LightfleetError } from "../../errors/error.js";
import { tryParseDuration } from "../../model/units.js";
import type { ClusterStatus } from "./cluster-status.js";

export interface WatchOptions {
  /** Pause between two looks, as in `"5s"`: a second at least. */
  readonly every: string;
  /** Told after each look; `trouble` is why the last look failed, where it did. */
  readonly onStatus: (clusters: readonly ClusterStatus[], trouble?: LightfleetError) => void;
}

/** Looks that may fail in a row, once one has gone well, before the watch gives up. */
const FAILURES = 5;

/**
 * Looks until interrupted, which is the good end of it. A look that fails is told, and tried again: a watch outlives a short
 * loss of the network.
 * @returns what was seen last
 * @throws LF050 where the pause is none, what looking throws, where the first look fails, or many in a row
 */
export async function watchStatus(
  look: () => Promise<readonly ClusterStatus[]>,
  { every, onStatus }: WatchOptions,
  signal: AbortSignal,
): Promise<readonly ClusterStatus[]> {
  const everyMs = pauseOf(every);
  let last: readonly ClusterStatus[] | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      last = await look();
      failures = 0;
      onStatus(last);
    } catch (error) {
      if (last === undefined || ++failures >= FAILURES || !LightfleetError.is(error)) throw error;
      onStatus(last, error);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return last ?? [];
}

function pauseOf(every: string): number {
  const pause = tryParseDuration(every);
  if (pause !== undefined && pause >= 1_000) return pause;
  throw new LightfleetError(`the pause "${every}" must be a time of a second or more, as in "5s"`, {
    code: "LF050",
    kind: "usage",
  });
}
