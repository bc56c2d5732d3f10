import {
  ACTIONS,
  type AttributeChange,
  type PlannedAction,
  type PlannedChange,
  type PlanSummary,
} from "../../commands/context.js";
import { cut, safeLine } from "../terminal/escape.js";
import { plural } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

const SIGNS: Readonly<Record<PlannedAction, string>> = {
  ...{ destroy: "-", replace: "±", forget: "·", update: "~", create: "+", move: ">" },
};
const STYLES = {
  destroy: "red",
  replace: "magenta",
  forget: "yellow",
  update: "yellow",
  create: "green",
  move: "dim",
} as const;
const WORDS: Readonly<Record<PlannedAction, string>> = {
  ...{ destroy: "destroy", replace: "replace", forget: "forget", update: "change", create: "create", move: "rename" },
};
/** Beyond this many, what has nothing to say but its name is shown by type. */
const MANY = 25;
const GROUPED: readonly PlannedAction[] = ["create", "destroy"];
/** How many attributes of one resource are shown. */
const ATTRIBUTES = 8;

/** A plan for a person: what may hurt first, with what forces it. */
export function showPlan(cluster: string, summary: PlanSummary, terminal: Terminal): void {
  terminal.progress(`${terminal.style("bold", cluster)}: ${headline(summary)}`);
  for (const action of ACTIONS) {
    const changes = summary.changes.filter((change) => change.action === action);
    if (changes.length > MANY && GROUPED.includes(action)) showByType(action, changes, terminal);
    else for (const change of changes) showChange(change, terminal);
  }
  if (summary.changes.length === 0 && summary.outputs.length > 0)
    terminal.progress(`  outputs change: ${summary.outputs.join(", ")}`);
  if (summary.drift.length > 0)
    terminal.progress(
      cut(`  changed outside of the program: ${summary.drift.map(safeLine).join(", ")}`, terminal.width),
    );
}

/** As in `1 to destroy, 3 to create`. */
export function headline({ counts, outputs }: PlanSummary): string {
  const parts = ACTIONS.filter((action) => counts[action] > 0).map((action) => `${counts[action]} to ${WORDS[action]}`);
  if (parts.length > 0) return parts.join(", ");
  return outputs.length > 0 ? `${plural(outputs.length, "output")} to change` : "nothing to change";
}

function showChange(change: PlannedChange, terminal: Terminal): void {
  const { action, address, forcedBy, reason, movedFrom } = change;
  const why = [
    ...(forcedBy.length > 0 ? [`forced by ${forcedBy.join(", ")}`] : reason === undefined ? [] : [reason]),
    ...(movedFrom === undefined ? [] : [`was ${movedFrom}`]),
    ...(change.createFirst ? ["the new one first"] : []),
  ];
  const line = `  ${SIGNS[action]} ${WORDS[action].padEnd(7)} ${address}${why.length === 0 ? "" : `  (${why.join("; ")})`}`;
  terminal.progress(terminal.style(STYLES[action], cut(safeLine(line), terminal.width)));
  showAttributes(change, terminal);
}

function showAttributes({ attributes, forcedBy }: PlannedChange, terminal: Terminal): void {
  const isForced = ({ path }: AttributeChange): boolean => forcedBy.includes(path);
  const known = attributes.filter((attribute) => !attribute.unknown || attribute.sensitive || isForced(attribute));
  const computed = attributes.length - known.length;
  const shown = known.flatMap((attribute) => attribute.inside ?? [attribute]);
  for (const attribute of shown.slice(0, ATTRIBUTES)) {
    for (const line of describe(attribute, terminal.width)) terminal.progress(line);
  }
  const more = Math.max(shown.length - ATTRIBUTES, 0);
  const hidden = [...(more > 0 ? [`${more} more`] : []), ...(computed > 0 ? [`${computed} computed`] : [])];
  if (hidden.length > 0) terminal.progress(terminal.style("dim", `      and ${hidden.join(", ")}`));
}

/** On one line where it fits, on two where it does not. */
function describe({ path, sensitive, unknown, before, after }: AttributeChange, width: number): string[] {
  const [from, to] = unknown ? [before, after] : withoutPrefix(before, after);
  const values = sensitive ? "(sensitive)" : `${show(from)} -> ${unknown ? "(known after apply)" : show(to)}`;
  const line = safeLine(`      ${path}: ${values}`);
  if (line.length <= width) return [line];
  return [safeLine(`      ${path}:`), safeLine(`        ${values}`)].map((part) => cut(part, width));
}

/** Two long texts that begin alike are shown from just before where they part. */
function withoutPrefix(before: unknown, after: unknown): readonly [unknown, unknown] {
  if (typeof before !== "string" || typeof after !== "string" || before.includes("\n")) return [before, after];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  if (same < 16 || Math.max(before.length, after.length) < 32) return [before, after];
  return [`…${before.slice(same - 8)}`, `…${after.slice(same - 8)}`];
}

function show(value: unknown): string {
  if (value === null || value === undefined) return "(none)";
  if (typeof value === "string" && value.includes("\n")) return `(${plural(value.split("\n").length, "line")})`;
  return cut(JSON.stringify(value), 40);
}

function showByType(action: PlannedAction, changes: readonly PlannedChange[], terminal: Terminal): void {
  const types = new Map<string, string[]>();
  for (const { type, address } of changes) {
    const names = types.get(type) ?? [];
    types.set(type, names);
    names.push(address.startsWith(`${type}.`) ? address.slice(type.length + 1) : address);
  }
  for (const [type, names] of [...types].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const count = String(names.length).padStart(3);
    const line = `  ${SIGNS[action]} ${WORDS[action]} ${count} ${type}  ${names.join(", ")}`;
    terminal.progress(terminal.style(STYLES[action], cut(safeLine(line), terminal.width)));
  }
}
