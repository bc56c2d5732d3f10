/** What entries of a list are named after, where they are sets to whoever reads them: tags, and files of a VM. */
export const IDENTITIES: readonly string[] = ["key", "path"];

/**
 * The entries of two lists of objects by their names, in the order of names: before and after, undefined where it is not
 * there.
 * @returns undefined where entries have no name of their own, or two have one
 */
export function byIdentity(before: unknown, after: unknown): Map<string, [unknown, unknown]> | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length + after.length === 0) return undefined;
  for (const identity of IDENTITIES) {
    const [from, to] = [named(before, identity), named(after, identity)];
    if (from === undefined || to === undefined) continue;
    const names = [...new Set([...from.keys(), ...to.keys()])].sort();
    return new Map(names.map((name) => [name, [from.get(name), to.get(name)]]));
  }
  return undefined;
}

function named(list: readonly unknown[], identity: string): Map<string, unknown> | undefined {
  const found = new Map<string, unknown>();
  for (const entry of list) {
    const name = typeof entry === "object" && entry !== null ? Reflect.get(entry, identity) : undefined;
    if (typeof name !== "string" || found.has(name)) return undefined;
    found.set(name, entry);
  }
  return found;
}
