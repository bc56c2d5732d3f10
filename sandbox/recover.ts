import { readFileSync } from "node:fs";
import type { Store } from "./store.js";

/**
 * Removes what a run of the engine that was killed has made and not written down any more: in AWS it would be left over, and
 * its names would be taken.
 * @param run the process id of that run
 * @param stateFile the cluster's state; nothing is removed where it is damaged
 */
export function removeLeftovers(store: Store, owner: string, run: number, stateFile: string): void {
  const recorded = idsIn(stateFile);
  if (recorded === undefined) return;
  for (const place of store.places())
    for (const type of store.types(place))
      for (const object of store.list(place, type)) {
        const isLeft = object.owner === owner && object.run === run && !recorded.has(String(object.attributes["id"]));
        if (isLeft && !object.automatic) store.remove(place, type, object.key);
      }
}

/** The ids of all objects in a state; none where there is no state yet, undefined where it cannot be read. */
function idsIn(stateFile: string): Set<string> | undefined {
  const found = new Set<string>();
  let state: unknown;
  try {
    state = JSON.parse(readFileSync(stateFile, "utf8"), (key, value: unknown) => {
      if (key === "id" && typeof value === "string") found.add(value);
      return value;
    });
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? found : undefined;
  }
  return typeof state === "object" ? found : undefined;
}
