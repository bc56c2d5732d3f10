import {
  ACTIONS,
  isDragged,
  type PlannedAction,
  type PlannedChange,
  type PlanSummary,
} from "../../commands/context.js";
import { cut, safeLine } from "../terminal/escape.js";
import { plural } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import { attributeLines } from "./attributes.js";

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
/** Up to this many, what others drag along is shown one by one. */
const FEW = 6;
/** From this many on, updates that say the same are shown together. */
const ALIKE = 4;

/** A plan for a person: what may hurt first, with what forces it. */
export function showPlan(cluster: string, summary: PlanSummary, terminal: Terminal): void {
  terminal.progress(`${terminal.style("bold", cluster)}: ${headline(summary)}`);
  for (const action of ACTIONS) {
    const changes = summary.changes.filter((change) => change.action === action);
    if (changes.length > MANY && GROUPED.includes(action)) showByType(action, changes, terminal);
    else if (action === "update") showUpdates(changes, terminal);
    else if (action === "replace") {
      for (const change of changes) if (!isDragged(change)) showChange(change, terminal);
      showDragged(changes.filter(isDragged), terminal);
    } else for (const change of changes) showChange(change, terminal);
  }
  if (summary.changes.length === 0 && summary.outputs.length > 0)
    terminal.progress(`  outputs change: ${summary.outputs.join(", ")}`);
  if (summary.drift.length > 0) terminal.progress("  changed outside of the program:");
  for (const address of summary.drift) terminal.progress(cut(`    ${safeLine(address)}`, terminal.width));
}

/** As in `1 to destroy, 3 to create`. */
export function headline({ counts, outputs }: PlanSummary): string {
  const parts = ACTIONS.filter((action) => counts[action] > 0).map((action) => `${counts[action]} to ${WORDS[action]}`);
  if (parts.length > 0) return parts.join(", ");
  return outputs.length > 0 ? `${plural(outputs.length, "output")} to change` : "nothing to change";
}

function showChange(change: PlannedChange, terminal: Terminal): void {
  showLine(change, terminal);
  showAttributes(change, terminal);
}

function showLine(change: PlannedChange, terminal: Terminal): void {
  const { action, address, forcedBy, reason, movedFrom } = change;
  const why = [
    ...(forcedBy.length > 0 ? [`forced by ${forcedBy.join(", ")}`] : reason === undefined ? [] : [reason]),
    ...(movedFrom === undefined ? [] : [`was ${movedFrom}`]),
    ...(change.createFirst ? ["the new one first"] : []),
    ...(change.replacesVms ? ["its VMs are replaced in batches"] : []),
  ];
  const line = `  ${SIGNS[action]} ${WORDS[action].padEnd(7)} ${address}${why.length === 0 ? "" : `  (${why.join("; ")})`}`;
  terminal.progress(terminal.style(STYLES[action], cut(safeLine(line), terminal.width)));
}

function showAttributes(change: PlannedChange, terminal: Terminal): void {
  const { lines, hidden } = attributeLines(change, terminal.width);
  for (const line of lines) terminal.progress(line);
  if (hidden !== undefined) terminal.progress(terminal.style("dim", cut(hidden, terminal.width)));
}

/** Updates that say the same of many resources say it once, as where a tag of the cluster changes. */
function showUpdates(changes: readonly PlannedChange[], terminal: Terminal): void {
  const groups = new Map<string, PlannedChange[]>();
  for (const change of changes) {
    const { lines, hidden } = attributeLines(change, terminal.width);
    // What says nothing but its name has to say that.
    const key = lines.length === 0 ? change.address : JSON.stringify([lines, hidden, change.replacesVms]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const alike = [...groups.values()].filter((group) => group.length >= ALIKE);
  for (const change of changes) if (!alike.some((group) => group.includes(change))) showChange(change, terminal);
  for (const group of alike) {
    const [first] = group;
    if (first === undefined) continue;
    terminal.progress(terminal.style(STYLES.update, `  ${SIGNS.update} change  ${group.length} alike`));
    showAttributes(first, terminal);
    for (const [type, names] of namesByType(group))
      terminal.progress(cut(safeLine(`      ${type}  ${names.join(", ")}`), terminal.width));
  }
}

/** What is replaced because another one is: its line says so. Many of them are shown by type. */
function showDragged(changes: readonly PlannedChange[], terminal: Terminal): void {
  if (changes.length <= FEW) {
    for (const change of changes) showLine(change, terminal);
    return;
  }
  const forces = new Set(changes.map(({ forcedBy }) => forcedBy.join(", ")));
  for (const force of forces) {
    const group = changes.filter(({ forcedBy }) => forcedBy.join(", ") === force);
    showByType("replace", group, terminal, `  (forced by ${force})`);
  }
}

function showByType(action: PlannedAction, changes: readonly PlannedChange[], terminal: Terminal, why = ""): void {
  for (const [type, names] of namesByType(changes)) {
    const count = String(names.length).padStart(3);
    const line = safeLine(`  ${SIGNS[action]} ${WORDS[action]} ${count} ${type}  ${names.join(", ")}`);
    terminal.progress(terminal.style(STYLES[action], `${cut(line, terminal.width - why.length)}${why}`));
  }
}

function namesByType(changes: readonly PlannedChange[]): [string, string[]][] {
  const types = new Map<string, string[]>();
  for (const { type, address } of changes) {
    const names = types.get(type) ?? [];
    types.set(type, names);
    names.push(address.startsWith(`${type}.`) ? address.slice(type.length + 1) : address);
  }
  return [...types].sort(([a], [b]) => (a < b ? -1 : 1));
}
