import type { ObjectValue, Value } from "../value.js";
import type { Document } from "./document.js";
import { referencesIn } from "./evaluate.js";

/** Names of arguments whose values come from variables that the program calls sensitive, be it by way of locals. */
export function secretArguments(config: ObjectValue, { locals, secret }: Document): string[] {
  if (secret.size === 0) return [];
  const seen = new Set<string>();
  const holds = (value: Value): boolean =>
    referencesIn(value).some((reference) => {
      const [kind, name = ""] = reference.split(".");
      if (kind === "var") return secret.has(name);
      if (kind !== "local" || seen.has(name)) return false;
      seen.add(name);
      return holds(locals[name] ?? null);
    });
  return Object.keys(config).filter((name) => {
    seen.clear();
    return holds(config[name] ?? null);
  });
}
