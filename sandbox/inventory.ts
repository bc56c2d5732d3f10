import type { Fleet } from "./fleet.js";
import type { Store, StoredObject } from "./store.js";

export interface Inventory {
  readonly objects: readonly StoredObject[];
  readonly fleets: readonly (Fleet & { readonly name: string })[];
}

export function readInventory(store: Store, cluster: string): Inventory {
  const objects = store
    .places()
    .flatMap((place) => store.types(place).flatMap((type) => store.list(place, type)))
    .filter(({ owner }) => owner === cluster);
  return { objects, fleets: objects.flatMap(({ key, fleet }) => (fleet ? [{ name: key, ...fleet }] : [])) };
}
