import type { Document } from "./document.js";
import { referencesIn } from "./evaluate.js";

/** The resources whose replacement is made before the old one goes: those that say so, and all that these depend on. */
export function forcedFirst(document: Document): Set<string> {
  const first = new Set<string>();
  const visit = (address: string): void => {
    for (const each of document.repeated.get(address)?.addresses.values() ?? []) visit(each);
    const one = document.declared.get(address);
    if (one === undefined || first.has(address)) return;
    first.add(address);
    for (const other of [...referencesIn(one.config), ...one.after]) visit(other);
  };
  for (const { address, createFirst, mode } of document.declared.values())
    if (createFirst && mode === "managed") visit(address);
  return first;
}
