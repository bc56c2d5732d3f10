import * as z from "zod/mini";

/** How a service fares in a release. `failing` and `paused` want somebody; `rolled-back` runs, but not what was wanted. */
export const SERVICE_STATES = [
  "starting",
  "updating",
  "running",
  "failing",
  "paused",
  "rolling-back",
  "rolled-back",
] as const;

const optional = z.optional(z.nullable(z.string()));
const service = z.object({
  state: z.enum(SERVICE_STATES),
  desired: z.number(),
  running: z.number(),
  image: z.string(),
  wanted: optional,
  /** The failing task's own last error. */
  error: z.optional(z.string()),
  /** Host names, one for each task that runs. */
  nodes: z.array(z.string()),
  /** Seconds since 1970. */
  since: z.number(),
});
const node = z.object({
  fleet: optional,
  zone: optional,
  role: z.string(),
  state: z.string(),
  availability: z.string(),
  address: optional,
});

/** What the leading manager writes beside the release (`node/files/status.py`), in its first version. */
const statusSchema = z.object({
  version: z.literal(1),
  cluster: z.string(),
  at: z.number(),
  release: z.object({
    state: z.string(),
    digest: optional,
    running: optional,
    error: optional,
  }),
  services: z.record(z.string(), service),
  nodes: z.record(z.string(), node),
});

export type RolloutStatus = z.infer<typeof statusSchema>;
export type ServiceRollout = RolloutStatus["services"][string];

/** A status as it was read, or undefined where it is none that this version knows. */
export function readStatus(text: string): RolloutStatus | undefined {
  try {
    const result = statusSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
