import { readFile, rename } from "node:fs/promises";
import { LightfleetError } from "../errors/error.js";
import { pullState, pushState } from "../terraform/state.js";
import type { CommandContext } from "./context.js";
import { defaultStateFile, describeBackend, holdsResources, readBackend, type Backend } from "./live/backend.js";
import { readEndpoints } from "./live/endpoints.js";
import { stateFacts } from "./live/freshness.js";
import { atEngine } from "./stack/at-engine.js";
import { openSession, type Session } from "./stack/session.js";
import { openWorkbench } from "./stack/workbench.js";
import type { SynthesizedCluster } from "./synth.js";

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
  /** Whether a local state was moved into it. */
  readonly moved: boolean;
}

export interface BootstrapResult {
  readonly clusters: readonly BootstrappedCluster[];
}

/**
 * Makes the buckets that the program keeps its states in, and moves local states there. Safe to run twice.
 * @throws LF059 when the answer is no, LF607 where the bucket is somebody else's, LF608 where two states differ
 */
export async function bootstrap(options: BootstrapOptions, context: CommandContext): Promise<BootstrapResult> {
  const session = await openSession({ ...options, sandbox: false }, context);
  const clusters: BootstrappedCluster[] = [];
  for (const cluster of session.clusters) {
    const backend = readBackend(JSON.parse(await readFile(cluster.stackFile, "utf8")));
    const made = await makeBucket(backend, options.yes, context);
    const moved = backend.kind === "s3" && (await moveState(session, cluster, backend));
    clusters.push({ id: cluster.id, state: describeBackend(backend), bucket: made, moved });
  }
  return { clusters };
}

async function makeBucket(
  backend: Backend,
  yes: boolean,
  { host, env }: CommandContext,
): Promise<BootstrappedCluster["bucket"]> {
  if (backend.kind !== "s3") return "none";
  const { bucketExists, makeStateBucket } = await import("./live/state-bucket.js");
  const question = `make the bucket '${backend.bucket}' in ${backend.region} (versioned, encrypted, private)?`;
  if (!yes && !(await bucketExists(backend)) && !(await host.confirm(question)))
    throw new LightfleetError("not confirmed: nothing was changed", { code: "LF059", kind: "aborted" });
  host.progress({ type: "step", text: `looking after the bucket ${backend.bucket}` });
  const plainHttp = readEndpoints(env)["s3"]?.startsWith("http:") ?? false;
  return (await makeStateBucket(backend, plainHttp)) ? "made" : "there";
}

/** Moves the state that a cluster has by default into its bucket; the file stays, under another name. */
async function moveState(session: Session, cluster: SynthesizedCluster, backend: Backend): Promise<boolean> {
  const file = defaultStateFile(cluster.stackDir, cluster.id);
  if (!(await holdsResources(file))) return false;
  const workbench = await openWorkbench(session, cluster, { moving: true });
  const [mine, there] = [
    stateFacts(await readFile(file, "utf8")),
    stateFacts(await atEngine(session, () => pullState(workbench))),
  ];
  if (there.serial > 0 && (there.lineage !== mine.lineage || there.serial > mine.serial))
    throw new LightfleetError(
      `terraform.${cluster.id}.tfstate cannot be moved: ${describeBackend(backend)} has another state already`,
      {
        code: "LF608",
        kind: "config",
        hint: "look at both, and take away the one that is not the cluster's",
      },
    );
  await atEngine(session, () => pushState(workbench, file));
  await rename(file, `${file}.moved`);
  return true;
}
