import type { Model } from "../../model/schema.js";

export interface ServiceStatus {
  readonly id: string;
  /** As declared; what runs is in `running`. */
  readonly image: string;
  /** As declared: a number, or one on every VM. */
  readonly replicas: number | "everywhere";
  readonly on: readonly string[];
  /** What runs of it and where, by VM; in the sandbox what the planner would have run. */
  readonly running?: {
    readonly state: string;
    readonly tasks: number;
    readonly desired: number;
    readonly places: Readonly<Record<string, number>>;
    readonly error?: string;
    /** The image of its tasks, without a digest; in an account only. */
    readonly image?: string;
    /** The image that the release wants, which is another where it was rolled back, or is on its way. */
    readonly wanted?: string;
  };
}

/**
 * The services of a model, as declared.
 * @param running what is known of what runs, by service
 */
export function describeServices(
  model: Model,
  running: ReadonlyMap<string, NonNullable<ServiceStatus["running"]>> = new Map(),
): ServiceStatus[] {
  return model.services.map(({ id, image, replicas, on }) => ({
    id,
    image: typeof image === "string" ? image : image.terraform,
    replicas,
    on,
    ...(running.has(id) && { running: running.get(id)! }),
  }));
}
