/**
 * FNV-1a, 32 bits: a small stable hash for spreading names over a range. Not for security.
 * (Fowler, Noll, Vo; parameters as published for 32 bits.)
 */
export function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** The numbers in `[first, first + size)`. */
export interface NumberRange {
  readonly first: number;
  readonly size: number;
}

/** The number of a range that a key's hash points at. */
export const firstChoice = (key: string, { first, size }: NumberRange): number => first + (spread(key) % size);

/** What {@link assignStable} has to respect. */
export interface Assigned {
  /** Numbers that no key gets. */
  readonly reserved?: Iterable<number>;
  /** Numbers that were given out before, by key: also to keys that are not there now, whose numbers are given out last. */
  readonly held?: Readonly<Record<string, number>>;
}

/**
 * Gives each key a number of a range: the one that it holds, else the one its hash points at, or the next free
 * one. A key that holds its number keeps it whatever others come or go; one that holds none, unless their hashes collide.
 * @throws RangeError where there are more keys than numbers
 */
export function assignStable(
  keys: readonly string[],
  range: NumberRange,
  { reserved = [], held = {} }: Assigned = {},
): Map<string, number> {
  const { first, size } = range;
  const distinct = [...new Set(keys)].sort();
  const within = (number: number): boolean => number >= first && number < first + size;
  const taken = new Set([...reserved].filter(within));
  if (distinct.length > size - taken.size)
    throw new RangeError(`${distinct.length} keys do not fit into ${size - taken.size} numbers`);
  const result = new Map<string, number>();
  const give = (key: string, number: number): void => {
    taken.add(number);
    result.set(key, number);
  };
  for (const key of distinct) {
    const number = Object.hasOwn(held, key) ? held[key] : undefined;
    if (number !== undefined && within(number) && !taken.has(number)) give(key, number);
  }
  const others = new Set(Object.values(held).filter((number) => within(number) && !taken.has(number)));
  for (const key of distinct) {
    if (result.has(key)) continue;
    if (taken.size + others.size >= size) others.clear();
    let number = firstChoice(key, range);
    while (taken.has(number) || others.has(number)) number = number + 1 < first + size ? number + 1 : first;
    give(key, number);
  }
  return result;
}
