import { closest, distance } from "fastest-levenshtein";
import { VERBS } from "./verbs.js";

/** First words that a person may type. */
export const NAMES = VERBS.filter((verb) => !("hidden" in verb && verb.hidden)).map(({ name }) => name);

/** What other tools call a verb, and ours. */
const SYNONYMS = new Map(
  VERBS.flatMap((verb) => ("synonyms" in verb ? (verb.synonyms ?? []).map((word) => [word, verb.name] as const) : [])),
);

/** Whether a word is the first of a verb, hidden ones included. */
export const isVerb = (word: string): boolean => VERBS.some(({ name }) => name === word);

/** The error text for a word that is no verb: with the nearest name, where one is near. */
export function unknownVerb(word: string): string {
  const nearest = SYNONYMS.get(word) ?? closest(word, NAMES);
  const isNear = SYNONYMS.has(word) || distance(word, nearest) <= Math.max(2, Math.floor(word.length / 2));
  return `unknown command: ${word}${isNear ? `; did you mean ${nearest}?` : ""}`;
}
