import type { Diagnostic } from "./diagnostic.js";
import { COMMON, runEvents, type EngineContext } from "./run.js";

export interface PlanOptions {
  /** The file that the plan is saved to, relative to the root module. */
  readonly out: string;
  /** Plan the end of everything. Defaults to false. */
  readonly destroy?: boolean;
  /** Look at what is there before planning. Defaults to true. */
  readonly refresh?: boolean;
  /** Only take over into the state what is there. Defaults to false. */
  readonly refreshOnly?: boolean;
  /** Addresses to restrict the plan to. Defaults to all. */
  readonly targets?: readonly string[];
  /** How long to wait for another run's lock, as in `30s`. Defaults to not at all. */
  readonly lockTimeout?: string;
}

export interface PlanResult {
  /** Whether there is anything to apply. */
  readonly changes: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** The arguments of `plan`. */
export function planArgs(options: PlanOptions): string[] {
  return [
    "plan",
    ...COMMON,
    "-json",
    "-detailed-exitcode",
    `-out=${options.out}`,
    ...(options.destroy ? ["-destroy"] : []),
    ...(options.refresh === false ? ["-refresh=false"] : []),
    ...(options.refreshOnly ? ["-refresh-only"] : []),
    ...(options.lockTimeout === undefined ? [] : [`-lock-timeout=${options.lockTimeout}`]),
    ...(options.targets ?? []).map((target) => `-target=${target}`),
  ];
}

/** Plans, and saves the plan. @throws LF068 when it fails, LF071 when interrupted */
export async function plan(context: EngineContext, options: PlanOptions): Promise<PlanResult> {
  const { exitCode, diagnostics } = await runEvents(context, planArgs(options), [0, 2]);
  return { changes: exitCode === 2, diagnostics };
}
