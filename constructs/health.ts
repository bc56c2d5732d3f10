import type { Duration } from "../model/units.js";

/** How often a health check asks, and how patient it is. */
export interface ProbeOptions {
  /** Time between two checks. @default "10s" */
  readonly every?: Duration;
  /** How long one check may take. @default "3s" */
  readonly timeout?: Duration;
  /** Failures in a row that make a task unhealthy, 1 or more. @default 3 */
  readonly retries?: number;
  /** Time after the start in which failures do not count. @default "10s" */
  readonly grace?: Duration;
}

/** Options of a check that asks a port. */
export interface PortProbeOptions extends ProbeOptions {
  /** Container port to ask. @default the service's port, where it has just one */
  readonly port?: number;
}

/** How a task shows that it is well. Made by {@link http}, {@link tcp} and {@link command}. */
export type Health =
  | ({ readonly kind: "http"; readonly path: string } & PortProbeOptions)
  | ({ readonly kind: "tcp" } & PortProbeOptions)
  | ({ readonly kind: "command"; readonly command: readonly string[] } & ProbeOptions);

/**
 * Healthy while `GET path` answers with a status of 200 to 399; asked from within the task, and by the gateways that route to it.
 * @param path absolute path, as in `"/healthz"`
 */
export const http = (path: string, options: PortProbeOptions = {}): Health => ({ kind: "http", path, ...options });

/** Healthy while the port accepts a connection; asked from within the task. */
export const tcp = (options: PortProbeOptions = {}): Health => ({ kind: "tcp", ...options });

/**
 * Healthy while the command ends with 0 inside the container.
 * @param command program and arguments, with no shell in between
 */
export const command = (command: readonly string[], options: ProbeOptions = {}): Health => ({
  kind: "command",
  command,
  ...options,
});
