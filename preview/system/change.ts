import type { Change } from "../schema.js";

export type Subject = Pick<Change, "id" | "kind" | "what">;

const WHY: Partial<Record<Change["action"], string>> = {
  add: "new in the program",
  remove: "no longer in the program",
};

/** A change of which nothing is said but its action: plain, and with no effect. */
export const change = (subject: Subject, action: Change["action"], more: Partial<Change>): Change => ({
  ...subject,
  action,
  weight: "plain",
  stateful: false,
  attributes: [],
  why: [WHY[action] ?? "changed in the program"],
  effect: [],
  interrupts: [],
  marks: action === "remove" ? ["destroys"] : action === "add" ? ["adds"] : [],
  ...more,
});

/** Things of base and head by their id, in the order of ids, where either has them. */
export function pairs<T extends { readonly id: string }>(
  base: readonly T[],
  head: readonly T[],
): [id: string, was: T | undefined, now: T | undefined][] {
  const [before, after] = [base, head].map((list) => new Map(list.map((one) => [one.id, one])));
  return [...new Set([...before!.keys(), ...after!.keys()])].sort().map((id) => [id, before!.get(id), after!.get(id)]);
}
