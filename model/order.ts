/** Compares by code unit: the same on every machine, whatever its locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A copy sorted by id. */
export function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => byText(a.id, b.id));
}

/** A copy whose keys stand in order. */
export function sortedRecord<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  const entries = Object.entries(record);
  return entries.length < 2 ? { ...record } : Object.fromEntries(entries.sort(([a], [b]) => byText(a, b)));
}
