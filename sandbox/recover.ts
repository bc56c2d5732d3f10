import { copyFileSync, readFileSync, renameSync, rmSync } from "node:fs";
import { enginesAt, isContended } from "./settle.js";
import type { Store } from "./store.js";

export interface Recovery {
  /** The sandbox's folder. */
  readonly directory: string;
  readonly store: Store;
  readonly cluster: string;
  readonly stateFile: string;
  /** Told what was done. */
  readonly note: (text: string) => void;
}

/**
 * Makes a state whole that a killed run left cut off: the engine writes it in place. It keeps the one that it began with
 * beside it, and empties the file when it takes the lock of a first run. What was made since is removed, and made again.
 */
export function recover({ directory, store, cluster, stateFile, note }: Recovery): void {
  const text = readText(stateFile);
  if (text === undefined || idsIn(text) !== undefined) return;
  if (isContended(directory, cluster) || enginesAt(directory, cluster).length > 0) return;
  const before = `${stateFile}.backup`;
  const whole = idsIn(readText(before) ?? "") !== undefined;
  if (whole) {
    const temporary = `${stateFile}.${process.pid}.tmp`;
    copyFileSync(before, temporary);
    renameSync(temporary, stateFile);
  } else rmSync(stateFile, { force: true });
  const removed = removeLeftovers(store, cluster, stateFile);
  const found = whole ? "the state before it is taken" : "nothing had been noted";
  if (whole || removed > 0)
    note(
      `an earlier run of ${cluster} was killed while it wrote its state: ${found}, and ${removed} objects that it made are made again`,
    );
}

/**
 * Removes what runs of the engine that were killed have made and not written down any more: in AWS it would be left over, and
 * its names would be taken.
 * @param stateFile the cluster's state; nothing is removed where it is damaged
 * @param run the process id of the run that asks, whose own objects stay: another of its providers may be making some
 * @returns how many objects were removed
 */
export function removeLeftovers(store: Store, owner: string, stateFile: string, run?: number): number {
  const recorded = idsIn(readText(stateFile));
  if (recorded === undefined) return 0;
  let removed = 0;
  for (const place of store.places())
    for (const type of store.types(place))
      for (const object of store.list(place, type)) {
        const isLeft = object.owner === owner && !recorded.has(String(object.attributes["id"]));
        if (!isLeft || object.automatic || (run !== undefined && object.run === run)) continue;
        store.remove(place, type, object.key);
        removed++;
      }
  return removed;
}

/** The ids of all objects in a state; none where there is no state yet, undefined where it cannot be read. */
function idsIn(text: string | undefined): Set<string> | undefined {
  const found = new Set<string>();
  if (text === undefined) return found;
  try {
    const state: unknown = JSON.parse(text, (key, value: unknown) => {
      if (key === "id" && typeof value === "string") found.add(value);
      return value;
    });
    return typeof state === "object" && state !== null ? found : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
