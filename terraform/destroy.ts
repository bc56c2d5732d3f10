import type { Diagnostic } from "./diagnostic.js";
import { COMMON, runEvents, type EngineContext } from "./run.js";

/** The arguments of `destroy`. */
export function destroyArgs(): string[] {
  return ["destroy", ...COMMON, "-json", "-auto-approve"];
}

/**
 * Destroys everything at once and unseen. What a person should see first is a plan with `destroy`, which is then applied.
 * @throws LF068 when it fails, LF071 when interrupted
 */
export async function destroy(context: EngineContext): Promise<readonly Diagnostic[]> {
  return (await runEvents(context, destroyArgs())).diagnostics;
}
