import { LightfleetError } from "../../errors/error.js";
import type { RolloutStatus, ServiceRollout, UnreadStatus } from "../../node/status.js";

/** States of a release in which services tell why. */
const OF_SERVICES = ["rolled-back", "failing", "paused"];

/** What is said of a release that came to no good end. */
export function badEnd(cluster: string, { release, services }: RolloutStatus): LightfleetError {
  const { state } = release;
  const error = release.error ?? "no reason was given";
  const again = release.final === false ? "; the managers go on trying" : "";
  if (state === "refused")
    return failure(`the managers of ${cluster} refuse the release: ${error}`, `what ran before runs on${again}`);
  if (state === "failed")
    return failure(
      `the managers of ${cluster} could not apply the release: ${error}`,
      `correct the program and deploy again; 'lightfleet status' shows what runs${again}`,
    );
  if (!OF_SERVICES.includes(state))
    return failure(
      `the release of ${cluster} is in the state '${state}', which this Lightfleet does not know${release.error ? `: ${release.error}` : ""}`,
      "update Lightfleet to the version that deployed the managers, or a newer one",
    );
  const ill = Object.entries(services).filter(([, service]) => service.state !== "running");
  const lines = ill.map(([id, service]) => `  ${id}: ${describe(service)}`);
  return failure(
    `the release of ${cluster} did not come up:\n${lines.join("\n")}`,
    "services that were rolled back run as before; those that are well run the new release",
  );
}

/** That the managers tell what cannot be read here. */
export const unreadStatus = (cluster: string, { unread, foreign }: UnreadStatus): LightfleetError =>
  failure(
    `what the managers of ${cluster} report in 'status.json' cannot be read: ${unread}`,
    foreign
      ? "update Lightfleet to the version that deployed the managers, or a newer one"
      : "the release goes on without this command; run it again",
  );

/** That a release takes longer than is waited for. */
export function lateRelease(
  cluster: string,
  status: RolloutStatus | undefined,
  wanted: string,
  timeoutMs: number,
): LightfleetError {
  const minutes = Math.round(timeoutMs / 60_000);
  return failure(
    `the release of ${cluster} is not there after ${minutes} minutes: ${lastWord(status, wanted)}`,
    "it goes on without this command; look again with 'lightfleet status'",
  );
}

function lastWord(status: RolloutStatus | undefined, wanted: string): string {
  if (status === undefined) return "its managers have told nothing yet";
  const { digest, state, error } = status.release;
  if (digest !== wanted) return "its managers still tell of the one before";
  return `it is ${state}${error ? `: ${error}` : ""}`;
}

/** How a service fares, in a line. */
function describe({ state, running, desired, error }: ServiceRollout): string {
  return `${state} (${running}/${desired} running)${error === undefined ? "" : `: ${error}`}`;
}

const failure = (message: string, hint: string): LightfleetError =>
  new LightfleetError(message, { code: "LF075", kind: "external", hint });
