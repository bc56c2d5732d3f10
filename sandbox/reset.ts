import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { LightfleetError } from "../errors/error.js";
import { clusterOf, isAlive, isOfCommand, livingHolder, locksOf } from "./lock.js";
import type { Store } from "./store.js";

/** How long an engine that lost its command may take to end: it finishes what it is at. */
const PATIENCE_MS = 60_000;
const EVERY_MS = 100;

/** What is to be forgotten. */
export interface Forgotten {
  /** The sandbox's folder. */
  readonly directory: string;
  readonly store: Store;
  /** One cluster, with the folder that the engine works in; everything where undefined. */
  readonly cluster: { readonly name: string; readonly folder: string } | undefined;
}

/**
 * Forgets what there is, unless a command is at work on it; an engine that lost its command is waited for: it would write into
 * what is being deleted.
 * @throws LF083 where a command is at work, or an engine for too long
 */
export async function reset({ directory, store, cluster }: Forgotten, patienceMs = PATIENCE_MS): Promise<void> {
  const locks = locksOf(directory, cluster?.name);
  for (const lock of locks) if (isOfCommand(lock)) await outwait(lock, 0);
  for (const lock of locks) await outwait(lock, patienceMs);
  if (cluster === undefined) return remove(directory);
  remove(cluster.folder);
  for (const place of store.places())
    for (const type of store.types(place))
      for (const { key, owner } of store.list(place, type)) if (owner === cluster.name) store.remove(place, type, key);
}

/** A process that just ended may have had a file open still. */
const remove = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: EVERY_MS });

/** The lock is given back before the engine writes its state for the last time: it is the engine that is waited for. */
async function outwait(lock: string, patienceMs: number): Promise<void> {
  const pid = livingHolder(lock);
  if (pid === undefined || pid === process.pid) return;
  for (let waited = 0; isAlive(pid); waited += EVERY_MS) {
    if (waited >= patienceMs)
      throw new LightfleetError(`a command is at work on ${clusterOf(lock)} in the sandbox, as process ${pid}`, {
        code: "LF083",
        kind: "external",
        hint: "wait until that run ends, or end it",
      });
    await sleep(EVERY_MS);
  }
}
