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
 * @throws RangeError where there are more keys than numbers
 */
export function assignStable(keys: readonly string[], first: number, size: number): Map<string, number> {
  if (keys.length > size) throw new RangeError(`${keys.length} keys do not fit into ${size} numbers`);
  const taken = new Set<number>();
  const result = new Map<string, number>();
  for (const key of [...new Set(keys)].sort()) {
    let slot = spread(key) % size;
    while (taken.has(slot)) slot = (slot + 1) % size;
    taken.add(slot);
    result.set(key, first + slot);
  }
  return result;
}
