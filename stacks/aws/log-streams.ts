import type { FleetModel, Model } from "../../model/schema.js";

/**
 * What the names of a fleet's log streams begin with, sorted: a stream is called after its task, as in `shop_cart.1.abc`. As
 * short as can be without being the beginning of a stream of a service that is not on the fleet, so that few do for many services.
 */
export function logStreamPrefixes(
  { cluster, services }: Pick<Model, "cluster" | "services">,
  fleet: FleetModel,
): string[] {
  const names = services.map(({ id, on }) => ({ name: `${cluster}_${id}.`, own: on.includes(fleet.id) }));
  names.sort((a, b) => (a.name < b.name ? -1 : 1));
  const least = `${cluster}_`.length;
  // In order, the names that share most with one stand beside it.
  const shared = names.map(() => least);
  for (const order of [names.keys(), [...names.keys()].reverse()]) {
    let other: string | undefined;
    for (const place of order) {
      const { name, own } = names[place]!;
      if (!own) other = name;
      else if (other !== undefined) shared[place] = Math.max(shared[place]!, common(name, other) + 1);
    }
  }
  const prefixes = names.flatMap(({ name, own }, place) => (own ? [name.slice(0, shared[place])] : []));
  return [...new Set(prefixes)].filter(
    (prefix, _, all) => !all.some((one) => one !== prefix && prefix.startsWith(one)),
  );
}

function common(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
