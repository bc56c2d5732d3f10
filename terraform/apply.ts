import type { Diagnostic } from "./diagnostic.js";
import { COMMON, runEvents, type EngineContext } from "./run.js";

export interface ApplyOptions {
  /** How long to wait for another run's lock, as in `30s`. Defaults to not at all. */
  readonly lockTimeout?: string;
  /** How many resources are worked on at a time. Defaults to the engine's ten. */
  readonly parallelism?: number;
}

/** The arguments of `apply` for a saved plan. */
export function applyArgs(planFile: string, options: ApplyOptions = {}): string[] {
  return [
    "apply",
    ...COMMON,
    "-json",
    ...(options.lockTimeout === undefined ? [] : [`-lock-timeout=${options.lockTimeout}`]),
    ...(options.parallelism === undefined ? [] : [`-parallelism=${options.parallelism}`]),
    planFile,
  ];
}

/** Applies a saved plan, that one and no other. @throws LF068 when it fails (or is stale), LF071 when interrupted */
export async function apply(
  context: EngineContext,
  planFile: string,
  options: ApplyOptions = {},
): Promise<readonly Diagnostic[]> {
  return (await runEvents(context, applyArgs(planFile, options))).diagnostics;
}
