import { LightfleetError } from "../../errors/error.js";
import { apply } from "../../terraform/apply.js";
import type { EngineEvent } from "../../terraform/events.js";
import { saysUnsaved, tellUnsaved } from "../engine/unsaved-state.js";
import { atEngine } from "../engine/run-engine.js";
import { erroredPlaces, findErrored, keepErrored, keepPrivate } from "../engine/errored-state.js";
import type { PlannedStack } from "../plan/plan-stack.js";
import type { Session } from "../engine/session.js";

/** An output after an apply. Where it is sensitive, its value is left out. */
export interface OutputValue {
  readonly sensitive: boolean;
  readonly value?: unknown;
}

/** Applies the saved plan, and forgets it. @returns the outputs @throws LF068, LF071 */
export async function applyStack(
  session: Session,
  cluster: string,
  { engineContext, planFile, summary, discard }: PlannedStack,
): Promise<Readonly<Record<string, OutputValue>>> {
  const { host } = session.context;
  const places = erroredPlaces(engineContext.cwd, cluster);
  let outputs: Readonly<Record<string, OutputValue>> = {};
  const onEvent = (event: EngineEvent): void => {
    // The same event tells planned outputs, which have no value yet, and the outputs as they are in the end.
    if (event.type === "outputs") outputs = event.outputs;
    host.progress({ type: "engine", event });
  };
  host.progress({ type: "apply-start", cluster, summary });
  // At once: what was made is in no other place.
  const onEmergencyState = (state: string): void => void keepErrored(places, state);
  try {
    await atEngine(session, cluster, () => apply({ ...engineContext, onEvent, onEmergencyState }, planFile));
    return outputs;
  } catch (error) {
    // One of an earlier run was saved before the plan was made.
    const file = findErrored(places);
    const unsaved = saysUnsaved(error) || file !== undefined;
    throw unsaved && LightfleetError.is(error) ? tellUnsaved(error, file, cluster) : error;
  } finally {
    host.progress({ type: "apply-end" });
    await Promise.all([discard(), keepPrivate(engineContext.cwd)]);
  }
}
