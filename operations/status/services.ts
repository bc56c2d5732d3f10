export interface ServiceStatus {
  readonly id: string;
  /** As deployed, or as declared where nothing is; what runs is in `running`. */
  readonly image: string;
  /** As deployed, or as declared where nothing is: a number, or one on every VM. */
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

/** What a service is, be it deployed or declared. */
export type ServiceFacts = Pick<ServiceStatus, "id" | "image" | "replicas" | "on">;

type Running = NonNullable<ServiceStatus["running"]>;

/**
 * Services with what is known of what runs. What runs and is not among them, as while a release is on its way, comes after them.
 * @param running by service
 */
export function describeServices(
  services: readonly ServiceFacts[],
  running: ReadonlyMap<string, Running> = new Map(),
): ServiceStatus[] {
  const known = new Set(services.map(({ id }) => id));
  const others = [...running].filter(([id]) => !known.has(id));
  return [
    ...services.map((service) => ({
      ...service,
      ...(running.has(service.id) && { running: running.get(service.id)! }),
    })),
    ...others.map(([id, one]) => ({ id, image: one.image ?? "", replicas: one.desired, on: [], running: one })),
  ];
}
