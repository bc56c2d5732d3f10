import * as z from "zod/mini";

const optional = z.optional(z.nullable(z.string()));
const service = z.object({
  /** `failing` and `paused` want somebody; `rolled-back` runs, but not what was wanted. A newer manager may know more states. */
  state: z.string(),
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
  /** What is wrong with it, as in `gets no work: it says group shop-web, and EC2 group shop-core`. */
  problem: optional,
});

const VERSION = 1;

/** What the leading manager writes beside the release (`node/files/status.py`), in its first version. */
const statusSchema = z.object({
  version: z.literal(VERSION),
  cluster: z.string(),
  at: z.number(),
  release: z.object({
    state: z.string(),
    digest: optional,
    running: optional,
    error: optional,
    /** False where the managers try again by themselves what failed or was refused. */
    final: z.optional(z.nullable(z.boolean())),
  }),
  services: z.record(z.string(), service),
  nodes: z.record(z.string(), node),
  /** Range of the network of published ports; empty where there is none. Managers before do not say it. */
  ingress: z.optional(z.string()),
});

export type RolloutStatus = z.infer<typeof statusSchema>;
export type ServiceRollout = RolloutStatus["services"][string];

/** That something is there which is no status that this version reads. */
export interface UnreadStatus {
  /** Why, as in `it is cut off, or no JSON`. */
  readonly unread: string;
  /** Whether another version of Lightfleet wrote it: looking again does not help. */
  readonly foreign: boolean;
}

/** A status, or why it is none that this version knows. */
export function readStatus(text: string): RolloutStatus | UnreadStatus {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { unread: "it is cut off, or no JSON", foreign: false };
  }
  const result = statusSchema.safeParse(data);
  if (result.success) return result.data;
  const version: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "version") : undefined;
  return typeof version === "number" && version !== VERSION
    ? { unread: `its format is ${version}, and this Lightfleet reads ${VERSION}`, foreign: true }
    : { unread: "it does not have the form of a status", foreign: false };
}
