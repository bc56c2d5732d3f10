import type { ServiceModel } from "../../model/schema.js";
import { OVERHEAD } from "./overhead.js";

/** What the tasks of a service ask of VMs. */
export interface Demand {
  readonly service: string;
  /** Tasks in all, or one on every VM of the fleets. */
  readonly count: number | "everywhere";
  readonly fleets: readonly string[];
  readonly cpuMilli: number;
  /** With the shim that the runtime puts beside each container. */
  readonly memoryMiB: number;
  readonly hostPorts: readonly number[];
  /** Tasks that one VM may have at most. */
  readonly perVm: number;
}

/** The demand of a service. A host port can be bound once on a VM, so that it holds one task of the service. */
export function demandOf(service: ServiceModel): Demand {
  const hostPorts = service.ports.flatMap(({ hostPort }) => (hostPort === null ? [] : [hostPort]));
  const perVm = hostPorts.length > 0 || service.replicas === "everywhere" ? 1 : (service.maxPerVm ?? Infinity);
  return {
    service: service.id,
    count: service.replicas,
    fleets: service.on,
    cpuMilli: service.cpuMilli,
    memoryMiB: service.memoryMiB + OVERHEAD.taskMiB,
    hostPorts,
    perVm,
  };
}
