import { rehearse, type Rehearsed } from "../../sandbox/simulator/simulate.js";
import { compileTables } from "../../sandbox/compile.js";
import { TABLES, type Tables } from "../../sandbox/tables.js";
import { readFileSync } from "node:fs";
import { readPlan, type Plan } from "./plan.js";
import { awsClassifier } from "../../stacks/aws/plan/classifier.js";

let tables: Tables | undefined;

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../providers/aws/${file}`, import.meta.url), "utf8"));

function played(before: string, after: string): Rehearsed {
  tables ??= JSON.parse(Buffer.from(compileTables(read("schema.json"), read("facts.json"))[TABLES] ?? []).toString());
  if (tables === undefined) throw new Error("no tables");
  return rehearse(tables, "shop", JSON.parse(before), JSON.parse(after), awsClassifier);
}

/** What the rehearsal says that the engine would refuse. */
export const refusals = (before: string, after: string): Rehearsed["refused"] => played(before, after).refused;

/** What the rehearsal plans of resources that it does not play through. */
export const plannedUnplayed = (before: string, after: string): Plan =>
  readPlan(JSON.stringify(played(before, after).plan));

/** Two documents, played through in this process. Throws where something was refused, or not played. */
export function rehearsed(before: string, after: string): Plan {
  const { plan, refused, baseRefused, notPlayed } = played(before, after);
  const problems = [...refused, ...baseRefused, ...notPlayed];
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return readPlan(JSON.stringify(plan));
}

/**
 * What two plans are to agree in: each action, its order, what forces a replacement, and which arguments change. Values that the
 * cloud makes up, and the order within sets, may differ.
 */
export const outline = ({ actions, changes }: Plan) => ({
  actions,
  changes: changes.map(({ address, actions: each, replacePaths, before, after, afterUnknown }) => ({
    address,
    actions: each,
    replacePaths,
    changed:
      isRecord(before) && isRecord(after)
        ? changedNames(before, after, isRecord(afterUnknown) ? afterUnknown : {})
        : [],
  })),
});

const changedNames = (before: Fields, after: Fields, unknown: Fields): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)])]
    .filter((name) => holdsTrue(unknown[name]) || !sameSet(before[name], after[name]))
    .sort();

const holdsTrue = (marks: unknown): boolean =>
  marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(holdsTrue));

const sameSet = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/**
 * Lists as sets: their order says nothing here. What is not set, or is empty all through, is left out: a provider of the older SDK
 * plans the one where a state that it wrote has the other.
 */
function canonical(value: unknown): string {
  if (value === null || value === undefined || value === "" || value === 0 || value === false) return "";
  if (Array.isArray(value)) return within("[", value.map(canonical).sort(), "]");
  if (!isRecord(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return within(
    "{",
    names
      .map((name) => [name, canonical(value[name])] as const)
      .map(([name, text]) => (text === "" ? "" : `${name}:${text}`)),
    "}",
  );
}

function within(open: string, parts: readonly string[], close: string): string {
  const filled = parts.filter((part) => part !== "");
  return filled.length === 0 ? "" : open + filled.join() + close;
}

type Fields = Record<string, unknown>;
const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
