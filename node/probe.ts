import type { HealthModel } from "../model/schema.js";
import type { Json } from "./json.js";

/** The health probe on every VM that runs services, and where services with such a check find it. */
export const PROBE = "/opt/lightfleet/probe";
const MOUNTED = "/.lightfleet-probe";

/** What a service mounts for its health check: nothing where the check is a command of its own. */
export function probeMount(health: HealthModel | null): Json[] {
  if (health === null || health.kind === "command") return [];
  return [{ type: "bind", source: PROBE, target: MOUNTED, read_only: true }];
}

/** The command of a check that asks a port; no shell is needed in the image. */
export function probeCommand(health: Exclude<HealthModel, { kind: "command" }>): string[] {
  const { kind, port } = health;
  return kind === "tcp" ? [MOUNTED, kind, String(port)] : [MOUNTED, kind, String(port), health.path];
}
