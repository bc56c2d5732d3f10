import { LightfleetError } from "../../errors/error.js";
import type { RolloutStatus, ServiceRollout } from "../../node/status.js";
import { pause } from "../live/pause.js";
import { outlast } from "./outlast.js";
import type { RolloutSource } from "./source.js";

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
/** States that a release does not leave by itself. */
const BAD = ["rolled-back", "failing", "paused", "refused"];

/**
 * Waits until the managers have brought a release to its end.
 * @throws LF075 where it was refused or rolled back, does not come up, or takes too long, with the failing task's own last error;
 * LF071 once interrupted; LF076 and LF625 to LF630 where the managers' word cannot be read, also after a few looks
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
  let told: string | undefined;
  for (let first = true; ; first = false) {
    const status = await outlast(() => source.status(), patience);
    const current = status?.release.digest === wanted ? status : undefined;
    const text = JSON.stringify(current?.services);
    const done = current?.release.state === GOOD;
    if (current !== undefined && text !== told && !(done && first)) onStatus(current);
    told = text;
    if (done) return current;
    if (current !== undefined && BAD.includes(current.release.state)) throw failed(cluster, current);
    if (Date.now() >= end) throw late(cluster, status, wanted, timeoutMs);
    await pause(everyMs, signal, patience.what);
  }
}

function failed(cluster: string, { release, services }: RolloutStatus): LightfleetError {
  if (release.state === "refused")
    return new LightfleetError(
      `the managers of ${cluster} refuse the release: ${release.error ?? "no reason was told"}`,
      {
        code: "LF075",
        kind: "external",
        hint: "what ran before runs on",
      },
    );
  const ill = Object.entries(services).filter(([, { state }]) => state !== "running");
  const lines = ill.map(([id, service]) => `  ${id}: ${describe(service)}`);
  return new LightfleetError(`the release of ${cluster} did not come up:\n${lines.join("\n")}`, {
    code: "LF075",
    kind: "external",
    hint: "services that were rolled back run as before; those that are well run the new release",
  });
}

/** How a service fares, in a line. */
export function describe({ state, running, desired, error }: ServiceRollout): string {
  return `${state} (${running}/${desired} running)${error === undefined ? "" : `: ${error}`}`;
}

function late(cluster: string, status: RolloutStatus | undefined, wanted: string, timeoutMs: number): LightfleetError {
  const minutes = Math.round(timeoutMs / 60_000);
  const last =
    status === undefined
      ? "its managers have told nothing yet"
      : status.release.digest === wanted
        ? `it is ${status.release.state}`
        : "its managers still tell of the one before";
  return new LightfleetError(`the release of ${cluster} is not there after ${minutes} minutes: ${last}`, {
    code: "LF075",
    kind: "external",
    hint: "it goes on without this command; look again with 'lightfleet status'",
  });
}
