import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { pullState, pushState } from "../../terraform/state.js";
import { atEngine } from "../engine/run-engine.js";
import type { Session } from "../engine/session.js";
import { openWorkbench } from "../engine/workspace.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import {
  defaultStateFile,
  describeBackend,
  hasResources,
  holdsResources,
  lastBackend,
  type Backend,
} from "../state/backend.js";
import { stateFacts } from "../plan/stale-plan.js";

type Bucket = Extract<Backend, { readonly kind: "s3" }>;

/**
 * Moves the state of a cluster into the bucket of its program, from the file that it has by default, or from the bucket
 * where it was last. The file stays under another name, the object as it is. What is in another bucket comes by way of that
 * file: where it is cut off, the next run goes on from there, and until then every command refuses (LF608). The old
 * bucket gets word of it, so that another checkout, which knows of that one alone, finds the state where it is.
 * @returns where it was, in words; undefined where there was nothing to move
 * @throws LF608 where two states differ, LF601 where another run holds the lock of the old one, LF625 to LF630
 */
export async function moveState(
  session: Session,
  cluster: SynthesizedCluster,
  backend: Bucket,
): Promise<string | undefined> {
  const file = defaultStateFile(session.context.dir, cluster.id);
  const last = await lastBackend(cluster.stackDir);
  if (last?.kind !== "s3" || describeBackend(last) === describeBackend(backend)) {
    if (!(await holdsResources(file))) return undefined;
    await push(session, cluster, backend, file);
    await rename(file, `${file}.moved`);
    return basename(file);
  }
  const { leaveWord, movedTo, readStateObject } = await import("../../stacks/aws/state/state-object.js");
  const text = await readStateObject(last);
  const { host } = session.context;
  if (text === undefined || !hasResources(text, `the state in ${describeBackend(last)}`)) {
    // There is nothing to move: the engine forgets where it was.
    await openWorkbench(session, cluster, { moving: true });
    return undefined;
  }
  if ((await movedTo(last)) === describeBackend(backend)) {
    await openWorkbench(session, cluster, { moving: true });
    const note = `the state of ${cluster.id} was moved to ${describeBackend(backend)} already, from another checkout`;
    host.progress({ type: "note", text: note });
    return undefined;
  }
  await layDown(file, text, cluster.id, last);
  await push(session, cluster, backend, file);
  await leaveWord(last, describeBackend(backend)).catch((error: unknown) => {
    if (!LightfleetError.is(error)) throw error;
    host.progress({ type: "note", text: `no word of the move could be left in ${last.bucket}: ${error.message}` });
  });
  await rm(file);
  return describeBackend(last);
}

/** Writes the state from a bucket into the file that is looked at first. @throws LF608 where that holds another one */
async function layDown(file: string, text: string, cluster: string, last: Bucket): Promise<void> {
  if (await holdsResources(file)) {
    const [mine, theirs] = [stateFacts(await readFile(file, "utf8")), stateFacts(text)];
    if (mine.lineage !== theirs.lineage || mine.serial !== theirs.serial)
      throw two(basename(file), `${describeBackend(last)} has another state of ${cluster}`);
  }
  await writeFile(file, text, { mode: 0o600 });
}

async function push(session: Session, cluster: SynthesizedCluster, backend: Bucket, file: string): Promise<void> {
  const workbench = await openWorkbench(session, cluster, { moving: true });
  const [mine, there] = [
    stateFacts(await readFile(file, "utf8")),
    stateFacts(await atEngine(session, cluster.id, () => pullState(workbench))),
  ];
  if (there.serial > 0 && (there.lineage !== mine.lineage || there.serial > mine.serial))
    throw two(basename(file), `${describeBackend(backend)} has another state already`);
  await atEngine(session, cluster.id, () => pushState(workbench, file));
}

const two = (file: string, why: string): LightfleetError =>
  new LightfleetError(`${file} cannot be moved: ${why}`, {
    code: "LF608",
    kind: "config",
    hint: "look at both, and take away the one that is not the cluster's",
  });
