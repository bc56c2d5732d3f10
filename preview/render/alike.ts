import type { Change, ResourceRow } from "../schema.js";
import { names } from "../values.js";

/** Changes of one text from which on they are said once. */
const FROM = 4;

/** What is said of one change, or of many that are alike. */
export interface Told extends Pick<
  Change,
  "action" | "weight" | "stateful" | "attributes" | "why" | "effect" | "what"
> {
  /** How many it stands for. */
  readonly count: number;
}

/** Changes of which the very same is to be said, but for their names, are said once, where the first of them stands. */
export function alike(changes: readonly Change[]): Told[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const { action, weight, stateful, kind, why, effect, attributes } = change;
    const key = JSON.stringify([action, weight, stateful, kind, why, effect, attributes]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < FROM) return group.map((one) => ({ ...one, count: 1 }));
    const { kind } = first;
    const list = group.map(({ what }) => (what.startsWith(`${kind} `) ? what.slice(kind.length + 1) : what));
    return [{ ...first, what: `${group.length} ${kind}s: ${names(list)}`, count: group.length }];
  });
}

/** How many changes are told. */
export const countOf = (told: readonly Told[]): number => told.reduce((sum, { count }) => sum + count, 0);

/** Why something becomes of a resource; empty where there is nothing to say but what differs. */
export function resourceWhy({ action, address, forcedBy, movedFrom, reason }: ResourceRow): string {
  const parts = [
    ...(movedFrom === null ? [] : [`moved: ${movedFrom} -> ${address}`]),
    ...(forcedBy.length > 0
      ? [`forced by ${forcedBy.join(", ")}`]
      : reason !== null && (action === "destroy" || action === "replace" || action === "forget")
        ? [reason]
        : []),
  ];
  return parts.join("; ");
}

/** Names of what differs, or of what it is made with, beside what is said already. */
export function attributeNames({ attributes, forcedBy }: ResourceRow, most: number): string {
  const others = attributes.map(({ name }) => name).filter((name) => !forcedBy.includes(name));
  return names(others, most);
}
