import type { ServiceModel } from "../model/schema.js";
import { literal, unexpanded } from "./escapes.js";
import type { Json } from "./json.js";

/** What few containers have, each by its name in Compose; nothing of what the program leaves to Docker. */
export function composeContainer(service: ServiceModel): Record<string, Json> {
  const { workingDir, hostname, init, tty, stopSignal, extraHosts, dns } = service;
  return {
    ...(workingDir !== undefined && { working_dir: literal(workingDir) }),
    ...(hostname !== undefined && { hostname: unexpanded(hostname) }),
    ...(init && { init }),
    ...(tty && { tty }),
    ...(stopSignal !== undefined && { stop_signal: stopSignal }),
    ...(extraHosts && { extra_hosts: Object.entries(extraHosts).map(([name, address]) => `${name}:${address}`) }),
    ...(dns && { dns }),
  };
}

/** The limits of a task's processes, where any is set. */
export function composeUlimits({ openFiles, ulimits }: ServiceModel): Json | undefined {
  if (openFiles === null) return ulimits;
  return { nofile: { soft: openFiles, hard: openFiles }, ...ulimits };
}
