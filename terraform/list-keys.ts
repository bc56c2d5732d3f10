/**
 * What entries of a list are named after, where they are sets to whoever reads them: tags, and files of a VM. Others have a path that
 * is not their name, as health checks do: files have content besides.
 */
export const IDENTITIES = [{ name: "key" }, { name: "path", beside: "content" }] as const;
type Identity = { readonly name: string; readonly beside?: string };

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

function named(list: readonly unknown[], identity: Identity): Map<string, unknown> | undefined {
  const found = new Map<string, unknown>();
  for (const entry of list) {
    if (typeof entry !== "object" || entry === null) return undefined;
    if (identity.beside !== undefined && !(identity.beside in entry)) return undefined;
    const name: unknown = Reflect.get(entry, identity.name);
    if (typeof name !== "string" || found.has(name)) return undefined;
    found.set(name, entry);
  }
  return found;
}
