import { NUMBER_TOKENS_BELOW, TOKEN_MARK } from "./tokens.js";

/** What cdktf puts where a map stands that only Terraform knows: `Token.STRING_MAP_TOKEN_VALUE` and its siblings. */
const MAP_TOKENS: readonly unknown[] = ["String Map Token Value", "Any Map Token Value", -123456789];

/**
 * Whether a fragment of Terraform's JSON holds nothing that cdktf would have to resolve. Nearly all of ours do not, and
 * looking is many times cheaper than resolving.
 */
export function isLiteral(value: unknown): boolean {
  if (typeof value === "string")
    return !(value.includes(TOKEN_MARK) || value.includes("e+289") || MAP_TOKENS.includes(value));
  if (typeof value === "number") return value > NUMBER_TOKENS_BELOW && !MAP_TOKENS.includes(value);
  if (Array.isArray(value)) return value.every((entry) => entry !== undefined && isLiteral(entry));
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  // Only plain objects: all others, tokens and constructs among them, are for cdktf to deal with.
  if (Object.getPrototypeOf(value) !== Object.prototype || "resolve" in value) return false;
  for (const [key, entry] of Object.entries(value)) if (key.includes(TOKEN_MARK) || !isLiteral(entry)) return false;
  return true;
}
