import { readFile } from "node:fs/promises";
import { LightfleetError } from "../errors/error.js";
import type { CommandContext } from "../operations/context.js";
import { describeBackend, readBackend, refuseUnfitBackend, type Backend } from "../operations/state/backend.js";
import { CHANGES, type StateBucket } from "../stacks/aws/state/bucket-changes.js";
import { readEndpoints } from "../stacks/aws/engine/endpoints.js";
import { moveState } from "../operations/bootstrap/move-state.js";
import type { BucketPlan } from "../stacks/aws/state/state-bucket.js";
import { inTurn } from "../operations/engine/for-each-cluster.js";
import { openSession } from "../operations/engine/session.js";

export interface BootstrapOptions {
  /** The clusters to work on; all of the program where empty. */
  readonly clusters: readonly string[];
  /** Do not ask. */
  readonly yes: boolean;
}

export interface BootstrappedCluster {
  readonly id: string;
  /** Where the state is kept, in words. */
  readonly state: string;
  /** Whether the bucket was made now, was there, or is not needed. */
  readonly bucket: "made" | "there" | "none";
  /** What was changed at a bucket that was there, in words, as in `versions are kept`. */
  readonly changed: readonly string[];
  /** Whether a state was moved into it. */
  readonly moved: boolean;
  /** Where that state was, and still is kept beside, in words. */
  readonly from?: string;
}

export interface BootstrapResult {
  readonly clusters: readonly BootstrappedCluster[];
}

/**
 * Makes the buckets that the program keeps its states in, and moves states there that are in a file, or in another bucket.
 * Safe to run twice.
 * @throws LF059 when the answer is no, LF607 where the bucket is somebody else's, LF608 where two states differ, or one
 * lies elsewhere still
 */
export async function bootstrap(options: BootstrapOptions, context: CommandContext): Promise<BootstrapResult> {
  const session = await openSession({ ...options, sandbox: false }, context);
  const clusters = await inTurn(
    session.clusters,
    "bootstrapped",
    async (cluster, begin): Promise<BootstrappedCluster> => {
      const backend = readBackend(JSON.parse(await readFile(cluster.stackFile, "utf8")));
      const made = await makeBucket(backend, options.yes, context, begin);
      begin();
      const from = backend.kind === "s3" ? await moveState(session, cluster, backend) : undefined;
      // Whatever could not be moved is told here, and not by the next command.
      await refuseUnfitBackend(backend, session.engine, cluster, context.dir);
      const state = describeBackend(backend);
      return { id: cluster.id, state, ...made, moved: from !== undefined, ...(from !== undefined && { from }) };
    },
  );
  return { clusters };
}

async function makeBucket(
  backend: Backend,
  yes: boolean,
  { host, env }: CommandContext,
  begin: () => void,
): Promise<Pick<BootstrappedCluster, "bucket" | "changed">> {
  if (backend.kind !== "s3") return { bucket: "none", changed: [] };
  const { makeStateBucket, planStateBucket } = await import("../stacks/aws/state/state-bucket.js");
  const plainHttp = readEndpoints(env)["s3"]?.startsWith("http:") ?? false;
  host.progress({ type: "step", text: `looking after the bucket ${backend.bucket}` });
  const plan = await planStateBucket(backend, plainHttp);
  const question = questionFor(backend, plan);
  if (!yes && question !== undefined && !(await host.confirm(question)))
    throw new LightfleetError("not confirmed: nothing was changed", { code: "LF059", kind: "aborted" });
  begin();
  const changes = await makeStateBucket(backend, plan, plainHttp);
  return { bucket: plan.there ? "there" : "made", changed: changes.map(({ kind }) => CHANGES[kind]) };
}

/** What is asked before a bucket is made, or one is changed that is not ours alone. */
function questionFor({ bucket, region }: StateBucket, { there, own, changes }: BucketPlan): string | undefined {
  if (!there) return `make the bucket '${bucket}' in ${region} (versioned, encrypted, private)?`;
  if (own || changes.length === 0) return undefined;
  const what = changes.map(({ kind }) => CHANGES[kind]).join(", ");
  return `the bucket '${bucket}' is there, and bootstrap did not make it: change it, so that ${what}?`;
}
