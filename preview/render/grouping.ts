import type { Attribute, Change, ResourceRow, Ruling } from "../schema.js";
import { names } from "../values.js";
import { RESOURCE_SIGNS } from "./labels.js";

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

/** Changes of which the same is to be said, but for their names and values, are said once, where the first of them stands. */
export function alike(changes: readonly Change[]): Told[] {
  const key = ({ action, weight, stateful, kind, why, effect, attributes }: Change): unknown[] => [
    ...[action, weight, stateful, kind, why, effect],
    attributes.map(({ name }) => name),
  ];
  return grouped(changes, key).flatMap(([first, ...others]) => {
    const group = [first, ...others];
    if (group.length < FROM) return group.map((one) => ({ ...one, count: 1 }));
    const { kind } = first;
    const list = group.map(({ what }) => (what.startsWith(`${kind} `) ? what.slice(kind.length + 1) : what));
    const what = `${group.length} ${kind}s: ${names(list)}`;
    return [{ ...first, what, attributes: common(group), count: group.length }];
  });
}

/** What differs of each, with the values where they are the same for all. */
const common = (group: readonly Change[]): Attribute[] =>
  (group[0]?.attributes ?? []).map(({ name, before, after }, index) => {
    const all = group.map(({ attributes }) => attributes[index]);
    const shared = (value: string | null, side: "before" | "after"): string | null =>
      all.every((one) => one?.[side] === value) ? value : "(of each its own)";
    return { name, before: shared(before, "before"), after: shared(after, "after") };
  });

/** Resources of one type of which the same is to be said, as one line each. */
export function alikeRows(rows: readonly ResourceRow[], say: (row: ResourceRow) => string): string[] {
  const sign = ({ action }: ResourceRow): string => RESOURCE_SIGNS[action];
  const key = (row: ResourceRow): unknown[] => [row.type, row.action, row.movedFrom === null ? say(row) : row.address];
  return grouped(rows, key).flatMap(([first, ...others]) => {
    const group = [first, ...others];
    const said = say(first) === "" ? "" : `  ${say(first)}`;
    if (group.length < FROM) return group.map((row) => `${sign(row)} ${row.address}${said}`);
    return [
      `${sign(first)} ${group.length} ${first.type}: ${names(group.map(({ address }) => nameOf(address)))}${said}`,
    ];
  });
}

const nameOf = (address: string): string => address.slice(address.indexOf(".") + 1);

/** Rulings of one rule, with all that it is against or lets pass for the same reason. Many of them have no short name of their own. */
export function alikeRulings(rulings: readonly Ruling[]): Pick<Ruling, "rule" | "what" | "accepted" | "code">[] {
  return grouped(rulings, ({ rule, accepted }) => [rule, accepted]).flatMap(([first, ...others]) => {
    const group = [first, ...others];
    if (group.length < FROM) return group;
    const { rule, accepted } = first;
    return [{ rule, accepted, code: "", what: `${group.length} changes: ${names(group.map(({ what }) => what))}` }];
  });
}

/** Lists of what has the same key, in the order of the first of each. */
function grouped<T>(all: readonly T[], keyOf: (one: T) => unknown[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const key = JSON.stringify(keyOf(one));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
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
