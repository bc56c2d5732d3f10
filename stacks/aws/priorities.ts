import { assignStable } from "../../model/hash.js";

/** Rules of a load balancer have priorities of 1 to 50,000; each number of path segments has a band of them. */
const BAND = 2_000;
const DEEPEST = 24;

const segments = (path: string): number => Math.min(path.split("/").filter(Boolean).length, DEEPEST);

/**
 * Priorities of routes: the more segments a path has, the sooner it is asked, and within that a path keeps its number when
 * others come or go (a changed priority would replace the rule).
 * @param paths without "/", which is what a listener does by default
 */
export function routePriorities(paths: readonly string[]): Map<string, number> {
  const bands = group(paths);
  const all = [...bands].flatMap(([depth, band]) => [...assignStable(band, (DEEPEST - depth) * BAND + 1, BAND)]);
  return new Map(all);
}

function group(paths: readonly string[]): Map<number, string[]> {
  const bands = new Map<number, string[]>();
  for (const path of paths) bands.set(segments(path), [...(bands.get(segments(path)) ?? []), path]);
  return bands;
}
