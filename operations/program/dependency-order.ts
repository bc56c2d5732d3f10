/** What stands in an order, and what it needs to stand after. */
export interface Ordered {
  readonly id: string;
  /** Ids of what comes before it; ids of others do not count. */
  readonly needs: readonly string[];
}

/**
 * Things in the order of their dependencies, and where there is none in the order that they are given in. In a circle, the one
 * that is given first comes first.
 */
export function inOrder<T extends Ordered>(things: readonly T[]): T[] {
  const byId = new Map(things.map((thing) => [thing.id, thing]));
  const seen = new Set<string>();
  const ordered: T[] = [];
  const visit = (thing: T): void => {
    if (seen.has(thing.id)) return;
    seen.add(thing.id);
    for (const id of thing.needs) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed);
    }
    ordered.push(thing);
  };
  things.forEach(visit);
  return ordered;
}
