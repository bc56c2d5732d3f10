import type { Model, ServiceModel } from "../../model/schema.js";

/**
 * Whether the tasks of a service start elsewhere before they end on a VM that is to go (docs/nodes.md, "Where services run"; the
 * same as `mobile` of `node/files/mobile.py`): they are counted, start first, and have neither a port nor a volume of their VM.
 */
export function movesFirst(service: ServiceModel, { volumes }: Model): boolean {
  const mounted = new Set(Object.values(service.volumes));
  return (
    service.replicas !== "everywhere" &&
    service.rollout.order === "start-first" &&
    service.ports.every(({ hostPort }) => hostPort === null) &&
    !volumes.some(({ id, kind }) => kind === "node" && mounted.has(id))
  );
}
