import type { Duration } from "../model/units.js";

/** How a new version of a service takes the place of the old one. */
export interface RollingOptions {
  /** How many tasks change at once, 1 or more. @default 1 */
  readonly parallel?: number;
  /** Whether a new task starts before the old one stops. @default "start-first", or "stop-first" where a host port is bound or a volume of the VM is mounted */
  readonly order?: "start-first" | "stop-first";
  /** Wait between two batches. @default "0s" */
  readonly pause?: Duration;
  /** What happens when new tasks do not get healthy. @default "rollback" */
  readonly onFailure?: "rollback" | "pause";
}

/** A way to roll out. Made by {@link rolling}. */
export interface Rollout extends RollingOptions {
  /** Tells it from other ways to roll out. */
  readonly kind: "rolling";
}

/** Replaces tasks in batches, as Docker Swarm does it. */
export const rolling = (options: RollingOptions = {}): Rollout => ({ kind: "rolling", ...options });
