import { closest, distance } from "fastest-levenshtein";

/** All verbs that a person may type; a test holds it to `--help`. */
export const VERBS = [
  ...["init", "synth", "check", "drill", "preview", "graph", "comment", "deploy", "diff", "drift", "status"],
  ...["destroy", "doctor", "image", "catalog", "outputs", "bootstrap", "unlock", "sandbox", "completion"],
] as const;

/** What other tools call them. */
const ELSEWHERE: Readonly<Record<string, (typeof VERBS)[number]>> = {
  ...{ apply: "deploy", up: "deploy", plan: "diff", down: "destroy", rm: "destroy", delete: "destroy", new: "init" },
  ...{
    validate: "check",
    lint: "check",
    ls: "status",
    ps: "status",
    list: "status",
    show: "status",
    output: "outputs",
  },
};

/** What is said of a verb that there is not: the nearest name, where one is near. */
export function unknownVerb(word: string): string {
  const nearest = ELSEWHERE[word] ?? closest(word, [...VERBS]);
  const isNear = word in ELSEWHERE || distance(word, nearest) <= Math.max(2, Math.floor(word.length / 2));
  return `unknown command: ${word}${isNear ? `; did you mean ${nearest}?` : ""}`;
}
