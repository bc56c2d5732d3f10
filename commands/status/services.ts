import type { Model } from "../../model/schema.js";

export interface ServiceStatus {
  readonly id: string;
  readonly image: string;
  /** As declared: a number, or one on every VM. */
  readonly replicas: number | "everywhere";
  readonly on: readonly string[];
}

/** The services of a model, as declared. */
export function describeServices(model: Model): ServiceStatus[] {
  return model.services.map(({ id, image, replicas, on }) => ({
    id,
    image: typeof image === "string" ? image : image.terraform,
    replicas,
    on,
  }));
}
