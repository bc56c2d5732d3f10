import { assignStable } from "./hash.js";
import { LARGE_OVERLAYS, OVERLAY, largeRange, placeOfRange } from "./overlay-sizes.js";
import { overlays, plainName, type Overlay } from "./overlays.js";
import type { Model } from "./schema.js";

/** The address range of each network of a model that does not have one by Swarm: the one that was noted for it, or a free one. */
export function networkRanges(
  model: Pick<Model, "services" | "fleets" | "acknowledged" | "numbers" | "encrypt">,
  networks: readonly Overlay[] = overlays(model),
): Map<string, string> {
  const names = networks.filter(({ addresses }) => addresses > OVERLAY.addresses).map(({ name }) => name);
  if (names.length === 0) return new Map();
  const held = Object.entries(model.numbers.networks).flatMap(([name, range]) => {
    const place = placeOfRange(range);
    return place === undefined ? [] : [[name, place] as const];
  });
  // One that is encrypted stands beside the one that was not until all tasks have moved: their ranges are never the same.
  const all = [...new Set(names.flatMap((name) => [plainName(name), name]))];
  const places = assignStable(all, { first: 0, size: LARGE_OVERLAYS }, { held: Object.fromEntries(held) });
  return new Map(names.map((name) => [name, largeRange(places.get(name)!)]));
}
