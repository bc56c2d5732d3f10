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

/**
 * Gives each key a number in `[first, first + size)`: the one its hash points at, or the next free one. A key keeps its
 * number when others come or go, unless their hashes collide.
 * @param reserved numbers that no key gets
 * @throws RangeError where there are more keys than numbers
 */
export function assignStable(
  keys: readonly string[],
  first: number,
  size: number,
  reserved: Iterable<number> = [],
): Map<string, number> {
  const distinct = [...new Set(keys)].sort();
  const taken = new Set([...reserved].filter((number) => number >= first && number < first + size));
  if (distinct.length > size - taken.size)
    throw new RangeError(`${distinct.length} keys do not fit into ${size - taken.size} numbers`);
  const result = new Map<string, number>();
  for (const key of distinct) {
    let number = first + (spread(key) % size);
    while (taken.has(number)) number = number + 1 < first + size ? number + 1 : first;
    taken.add(number);
    result.set(key, number);
  }
  return result;
}
