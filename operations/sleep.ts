import { setTimeout as sleep } from "node:timers/promises";
import { LightfleetError } from "../errors/error.js";

/**
 * The time between two looks at what comes up in an account.
 * @param what what is waited for, as in `the VMs of shop`
 * @throws LF071 once the signal is aborted: what is waited for goes on, only the waiting ends
 */
export async function pause(everyMs: number, signal: AbortSignal, what: string): Promise<void> {
  try {
    await sleep(everyMs, undefined, { signal });
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new LightfleetError(`the wait for ${what} was interrupted`, {
      code: "LF071",
      kind: "aborted",
      hint: "the changes are applied; VMs and services go on without this command; look with 'lightfleet status'",
      cause,
    });
  }
}
