import { LightfleetError } from "../../errors/error.js";
import { pause } from "../sleep.js";

/** Looks that may fail in a row before it is believed. */
const FAILURES = 5;
/** Throttled, not reached, refused for a reason of AWS's own: it may be otherwise the next time. */
const PASSING = ["LF628", "LF629", "LF630"];

export interface OutlastOptions {
  readonly signal: AbortSignal;
  /** Time to the next look, in milliseconds: as much more after each one that fails. */
  readonly everyMs: number;
  /** What is waited for, as in `the VMs of shop`. */
  readonly what: string;
}

/**
 * Looks again where a look fails for a reason that passes: what is waited for takes minutes, and AWS that does not answer for
 * some seconds says nothing of it.
 * @throws what the last look did, where too many fail in a row, and at once what does not pass by itself; LF071 once interrupted
 */
export async function outlast<T>(look: () => Promise<T>, { signal, everyMs, what }: OutlastOptions): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await look();
    } catch (error) {
      if (failures >= FAILURES || !LightfleetError.is(error) || !PASSING.includes(error.code)) throw error;
    }
    await pause(everyMs * failures, signal, what);
  }
}
