import type { Model, ServiceModel } from "../model/schema.js";
import type { CheckContext } from "./context.js";
import { statefulImage } from "./images/stateful.js";
import { names } from "./text.js";

/** A volume of the VM that a service mounts. */
export interface VmVolume {
  readonly path: string;
  readonly volume: string;
}

/** Paths for files that nobody misses: what lies there is no data. */
const SCRATCH = /^\/(tmp|run|var\/(tmp|run|lock|cache)|cache)(\/|$)/;

export const isScratch = (path: string): boolean => SCRATCH.test(path);

/** The volumes of the VM in which a service keeps files, without those for temporary files. */
export function vmVolumes({ volumes }: ServiceModel, model: Model): VmVolume[] {
  const entries = Object.entries(volumes);
  if (entries.length === 0) return [];
  const kinds = new Map(model.volumes.map(({ id, kind }) => [id, kind]));
  return entries
    .filter(([path, volume]) => kinds.get(volume) === "node" && !isScratch(path))
    .map(([path, volume]) => ({ path, volume }));
}

/** The stateful image that a service runs, where it is a known one. */
export const statefulOf = ({ image, ports }: ServiceModel): ReturnType<typeof statefulImage> =>
  statefulImage(image, ports);

/** Whether another VM would start a service without the files that it keeps on the one where its task was. */
const isBoundToVm = (service: ServiceModel, model: Model): boolean =>
  service.replicas !== "everywhere" && vmVolumes(service, model).length > 0;

/**
 * What helps where services need a VM more: that VM for those that run as well on any, and something else for those whose
 * files stay behind on the one that they had.
 * @param more advice for services without files of their own
 */
export function adviseMoreVms(
  services: readonly string[],
  { model, services: all }: Pick<CheckContext, "model" | "services">,
  more: () => string,
): string {
  const bound = services.filter((id) => isBoundToVm(all.get(id)!, model));
  if (bound.length === 0) return more();
  const keep = `another VM has none of the files of ${names(bound)}: keep them outside of the VM, or back them up and acknowledge this`;
  return bound.length === services.length ? keep : `${more()}; but ${keep}`;
}
