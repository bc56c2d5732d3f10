import { runText, type EngineContext } from "./run.js";

/** The arguments of `state list`. */
export function stateListArgs(): string[] {
  return ["state", "list", "-no-color"];
}

/** The arguments of `state pull`. */
export function statePullArgs(): string[] {
  return ["state", "pull", "-no-color"];
}

/** The arguments of `state push`. */
export function statePushArgs(file: string): string[] {
  return ["state", "push", "-no-color", file];
}

/** The arguments of `force-unlock`. */
export function forceUnlockArgs(lockId: string): string[] {
  return ["force-unlock", "-no-color", "-force", lockId];
}

/** The addresses in the state, in the engine's order; none where there is no state yet. @throws LF068 */
export async function listState(context: EngineContext): Promise<string[]> {
  // `state list` fails where nothing was ever applied, and says so in prose only; `state pull` is then empty.
  if ((await pullState(context)) === "") return [];
  const { stdout } = await runText(context, stateListArgs());
  return stdout.split("\n").filter((line) => line !== "");
}

/** The state as JSON text, empty where there is none yet. It holds sensitive values. @throws LF068 */
export async function pullState(context: EngineContext): Promise<string> {
  return (await runText(context, statePullArgs())).stdout.trim();
}

/** Puts a state from a file where the root module keeps its own. @throws LF068 where that one is another, or newer */
export async function pushState(context: EngineContext, file: string): Promise<void> {
  await runText(context, statePushArgs(file));
}

/** Takes away a lock that a run left behind which is known to be dead. @throws LF068 when there is no such lock */
export async function forceUnlock(context: EngineContext, lockId: string): Promise<void> {
  await runText(context, forceUnlockArgs(lockId));
}
