import { assignStable, type NumberRange } from "./hash.js";
import type { GatewayModel } from "./schema.js";

/**
 * Rules of a load balancer have priorities of 1 to 50,000 (AWS, "Quotas for your Application Load Balancers"); each number of
 * path segments has a band of them.
 */
const BAND = 2_000;
const DEEPEST = 24;

const segments = (path: string): number => Math.min(path.split("/").filter(Boolean).length, DEEPEST);

/** The paths of a gateway that have a rule: `/` has none where it is what the listener does by default. */
export const ruledPaths = ({ hosts, routes }: Pick<GatewayModel, "hosts" | "routes">): string[] =>
  routes.map(({ path }) => path).filter((path) => path !== "/" || hosts.length > 0);

/**
 * Priorities of routes: the more segments a path has, the sooner it is asked, and within that a path keeps the number that was
 * noted for it. A change of two priorities at once may fail, since AWS refuses one that is in use (PriorityInUse).
 * @param paths as {@link ruledPaths} gives them
 * @param held what was noted, by path
 */
export function routePriorities(
  paths: readonly string[],
  held: Readonly<Record<string, number>> = {},
): Map<string, number> {
  return new Map([...group(paths)].flatMap((band) => [...assignStable(band, priorityBand(band[0]!), { held })]));
}

/** The band that a path's priority is out of. */
export const priorityBand = (path: string): NumberRange => ({
  first: (DEEPEST - segments(path)) * BAND + 1,
  size: BAND,
});

/** Paths by how many segments they have. */
function group(paths: readonly string[]): string[][] {
  const bands = new Map<number, string[]>();
  for (const path of paths) bands.set(segments(path), [...(bands.get(segments(path)) ?? []), path]);
  return [...bands.values()];
}
