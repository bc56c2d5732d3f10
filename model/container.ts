import * as z from "zod";

/** A value that only Terraform knows: a template such as `${aws_db_instance.main.address}`. */
const value = z.union([z.string(), z.strictObject({ terraform: z.string() })]);
const amount = z.number().int().min(-1);
const ms = z.number().int().nonnegative();

/** What few containers need: each is left out where the program says nothing of it. */
export const containerFields = {
  /** Program and first arguments in place of the image's own. */
  entrypoint: z.array(value).min(1).optional(),
  workingDir: z.string().optional(),
  hostname: z.string().optional(),
  /** Whether a small init process runs before the program, and reaps what it leaves behind. */
  init: z.literal(true).optional(),
  tty: z.literal(true).optional(),
  stopSignal: z.string().optional(),
  /** Contents of files that are no text, in base64, by their path. */
  binaryFiles: z.record(z.string(), z.string()).optional(),
  /** Of files that are not root's and for all to read, by their path. */
  fileOwners: z
    .record(z.string(), z.strictObject({ mode: ms.max(0o777).optional(), uid: ms.optional(), gid: ms.optional() }))
    .optional(),
  /** Sizes in MiB of directories in memory, by their path. */
  tmpfs: z.record(z.string(), z.number().int().positive()).optional(),
  /** Limits of processes by their name in Docker, in the units of setrlimit(2); -1 is no limit. */
  ulimits: z.record(z.string(), z.strictObject({ soft: amount, hard: amount })).optional(),
  /** Addresses by host name, in the container's /etc/hosts. */
  extraHosts: z.record(z.string(), z.string()).optional(),
  /** DNS servers in place of the VM's. */
  dns: z.array(z.string()).min(1).optional(),
  /** What the service's name leads to: the addresses of its tasks, in place of one that stands for all. */
  discovery: z.literal("dns").optional(),
  /** When ended tasks are started again, where it is not always after 5 seconds. */
  restart: z
    .strictObject({
      condition: z.enum(["any", "on-failure"]),
      delayMs: ms,
      maxAttempts: z.number().int().positive().nullable(),
      windowMs: ms.nullable(),
    })
    .optional(),
};
