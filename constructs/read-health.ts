import { ENGINE_LIMITS } from "../model/limits/engine.js";
import type { HealthModel, PortModel } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import type { Health } from "./health.js";

/** Takes a health check over the border; `ports` are those of its service. */
export function readHealth(health: Health, ports: readonly PortModel[], border: Border): HealthModel {
  const probe = {
    intervalMs: border.durationMs("health.every", health.every ?? "10s", ENGINE_LIMITS.healthDuration),
    timeoutMs: border.durationMs("health.timeout", health.timeout ?? "3s", ENGINE_LIMITS.healthDuration),
    retries: border.count("health.retries", health.retries ?? 3, ENGINE_LIMITS.healthRetries),
    graceMs: border.durationMs("health.grace", health.grace ?? "10s", ENGINE_LIMITS.duration),
  };
  if (health.kind === "command") {
    if (health.command.length === 0) border.refuse("LF018", "'health' is a command with no words");
    return { kind: "command", command: [...health.command], ...probe };
  }
  const port = readPort(health.port, ports, border);
  if (health.kind === "tcp") return { kind: "tcp", port, ...probe };
  border.text("health.path", health.path, /^\/[\w.~!&()*+,;=:@%/?-]*$/, `an absolute path, as in "/healthz"`);
  return { kind: "http", path: health.path, port, ...probe };
}

function readPort(port: number | undefined, ports: readonly PortModel[], border: Border): number {
  if (port !== undefined) return border.count("health.port", port, ENGINE_LIMITS.port);
  const [only] = ports;
  if (only === undefined) border.refuse("LF009", "'health' asks a port, and the service has none", "give 'port'");
  else if (ports.length > 1)
    border.refuse(
      "LF010",
      `'health.port' is open: the service has ports ${ports.map((entry) => entry.port).join(", ")}`,
    );
  return only?.port ?? 1;
}
