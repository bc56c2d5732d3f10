import { index, page } from "./page.js";
import { RULES } from "./registry.js";

/** The documentation of all rules, by file name: a page for each, and the list of them. */
export function pages(): Map<string, string> {
  return new Map([["README.md", index(RULES)], ...RULES.map((rule) => [`${rule.code}.md`, page(rule)] as const)]);
}
