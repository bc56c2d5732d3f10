import { LightfleetError } from "../errors/error.js";

/** What the process answers. */
export const EXIT = { done: 0, failed: 1, changes: 2, usage: 64, interrupted: 130 } as const;

/** The exit code for an error: an interrupt and a wrong call have their own. */
export function exitCodeOf(error: unknown): number {
  if (!LightfleetError.is(error)) return EXIT.failed;
  if (error.code === "LF071") return EXIT.interrupted;
  return error.kind === "usage" ? EXIT.usage : EXIT.failed;
}
