import type { RolloutStatus, UnreadStatus } from "../../node/status.js";
import { pause } from "../sleep.js";
import { badEnd, lateRelease, unreadStatus } from "./failed-release.js";
import { outlast } from "./retry.js";
import type { RolloutSource } from "../../stacks/aws/live/release-source.js";

export interface WaitOptions {
  /** Aborted by Ctrl-C: the release goes on, only the waiting ends. */
  readonly signal: AbortSignal;
  /** Told whenever the managers have told something new of the release; not at all where it is through at the first look. */
  readonly onStatus: (status: RolloutStatus) => void;
  /** How long it may take, VMs that boot included, in milliseconds. @default 20 minutes */
  readonly timeoutMs?: number;
  /** Time between two looks, in milliseconds. @default 3 seconds */
  readonly everyMs?: number;
}

const GOOD = "converged";
/** States that a release leaves by itself. Any other one, also one that is not known here, is an end. */
const ON_THEIR_WAY = ["updating", "starting", "rolling-back", "none"];
/** So many seconds, by the managers' clock, what they try again by themselves may stay as it is: two more tries of theirs. */
const RETRIED_S = 75;
/** Looks in a row that may find a status cut off. */
const UNREAD_LOOKS = 5;

/**
 * Waits until the managers have brought a release to its end.
 * @throws LF075 where it failed, was refused or rolled back, does not come up, or takes too long, with the engine's or the failing
 * task's own words, and where the managers tell what is not known here; LF071 once interrupted; LF076 and LF625 to LF630 where
 * the managers' word cannot be read, also after a few looks
 */
export async function awaitRelease(
  cluster: string,
  source: RolloutSource,
  { signal, onStatus, timeoutMs = 1_200_000, everyMs = 3_000 }: WaitOptions,
): Promise<RolloutStatus | undefined> {
  const patience = { signal, everyMs, what: `the services of ${cluster}` };
  const wanted = await outlast(() => source.wanted(), patience);
  if (wanted === undefined) return undefined;
  const end = Date.now() + timeoutMs;
  const retries = new Retries();
  let told: string | undefined;
  let unread = 0;
  for (let first = true; ; first = false) {
    const found = await outlast(() => source.status(), patience);
    unread = isUnread(found) ? unread + 1 : 0;
    if (isUnread(found) && (found.foreign || unread >= UNREAD_LOOKS)) throw unreadStatus(cluster, found);
    const status = isUnread(found) ? undefined : found;
    const current = status?.release.digest === wanted ? status : undefined;
    const text = JSON.stringify(current?.services);
    const done = current?.release.state === GOOD;
    if (current !== undefined && text !== told && !(done && first)) onStatus(current);
    told = text;
    if (done) return current;
    if (current !== undefined && retries.isEnd(current)) throw badEnd(cluster, current);
    if (Date.now() >= end) throw lateRelease(cluster, status, wanted, timeoutMs);
    await pause(everyMs, signal, patience.what);
  }
}

const isUnread = (found: RolloutStatus | UnreadStatus | undefined): found is UnreadStatus =>
  found !== undefined && "unread" in found;

/** Tells the end of a release from what the managers try again by themselves. */
class Retries {
  /** When they first told of the state that they are in, in seconds. */
  private since: number | undefined;

  isEnd({ at, release: { state, final } }: RolloutStatus): boolean {
    if (ON_THEIR_WAY.includes(state)) {
      this.since = undefined;
      return false;
    }
    if (final !== false) return true;
    this.since ??= at;
    return at - this.since >= RETRIED_S;
  }
}
