import type { Model, ServiceModel, VolumeModel } from "../../model/schema.js";
import type { Subject } from "./change.js";

export const subjectOf = (id: string): Subject => ({ id: `service:${id}`, kind: "service", what: `service ${id}` });

/** Tasks that a service is to have; those on every VM are counted by the VMs of its fleets. */
export function tasksOf(service: ServiceModel, model: Model): number {
  if (service.replicas !== "everywhere") return service.replicas;
  return model.fleets.filter(({ id }) => service.on.includes(id)).reduce((sum, { size }) => sum + size.desired, 0);
}

export const volumesOf = (service: ServiceModel, model: Model): VolumeModel[] =>
  model.volumes.filter(({ id }) => Object.values(service.volumes).includes(id));

export const isStateful = (service: ServiceModel): boolean => Object.keys(service.volumes).length > 0;

export const endOf = (tasks: number): string => (tasks === 1 ? "1 task ends" : `${tasks} tasks end`);

/** Whether a rollout leaves a service without a task for a while. */
export function goesDown(service: ServiceModel, model: Model): boolean {
  const tasks = tasksOf(service, model);
  return tasks > 0 && service.rollout.order === "stop-first" && tasks <= service.rollout.parallel;
}
