import type { EngineEvent } from "../terraform/events.js";
import type { FleetProgress } from "../stacks/platform/status.js";
import type { PlanSummary } from "../terraform/summary.js";

export type { FleetProgress } from "../stacks/platform/status.js";
// What the command line shows of an engine's work, which it knows by way of the commands alone.
export type { AttributeChange } from "../terraform/attributes.js";
export type { EngineEvent } from "../terraform/events.js";
export { ACTIONS, isDragged, type PlannedAction, type PlannedChange, type PlanSummary } from "../terraform/summary.js";

/** What a command tells while it works. */
export type Progress =
  | { readonly type: "step"; readonly text: string }
  | { readonly type: "note"; readonly text: string }
  | { readonly type: "plan"; readonly cluster: string; readonly summary: PlanSummary }
  | { readonly type: "apply-start"; readonly cluster: string; readonly summary: PlanSummary }
  | { readonly type: "engine"; readonly event: EngineEvent }
  | { readonly type: "apply-end" }
  | {
      readonly type: "rollout";
      readonly cluster: string;
      /** Whether nothing runs in truth: the sandbox plays it. */
      readonly simulated: boolean;
      readonly services: readonly ServiceProgress[];
    }
  | { readonly type: "fleets"; readonly cluster: string; readonly fleets: readonly FleetProgress[] };

/** How far a service is in a rollout. */
export interface ServiceProgress {
  readonly id: string;
  /** As in `updating`; see `docs/nodes.md`. */
  readonly state: string;
  readonly running: number;
  readonly desired: number;
  /** The failing task's own last error. */
  readonly error?: string;
}

/** The command's way to the person, or the script, that started it. */
export interface CommandHost {
  progress(event: Progress): void;
  /** Asks a question that is answered by yes or no. @throws LF058 where there is nobody to ask */
  confirm(question: string): Promise<boolean>;
  /** Whether there is somebody to ask. */
  readonly canAsk: boolean;
  /** Asks for a text. @throws LF058 where there is nobody to ask */
  ask(question: string): Promise<string>;
}

/** What every command gets beside its own options. */
export interface CommandContext {
  /** The project's folder, absolute. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly host: CommandHost;
}
