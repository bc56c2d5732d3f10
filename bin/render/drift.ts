import type { AddedEntry, ClusterDrift, DriftedAttribute, DriftedResource } from "../../commands/drift.js";
import { cut, safeLine } from "../terminal/escape.js";
import { plural } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

/** What was changed outside of the program, and the command that puts it right. */
export function showDrift({ id, deployed, resources, fix }: ClusterDrift, terminal: Terminal): void {
  const drifted = resources.filter(({ declared }) => declared);
  const say = (line: string): void => terminal.result(cut(safeLine(line), terminal.width));
  if (drifted.length === 0)
    terminal.result(`${terminal.style("bold", id)}: ${deployed ? "as declared" : "not deployed"}`);
  else terminal.result(`${terminal.style("bold", id)}: ${plural(drifted.length, "resource")} changed outside`);
  for (const resource of drifted) showResource(resource, terminal, say);
  const settled = resources.length - drifted.length;
  if (settled > 0) say(`  and ${plural(settled, "resource")} with values that AWS fills in: no drift`);
  if (fix !== undefined) terminal.result(`put it right with: ${fix}`);
  showCommands(
    drifted.flatMap(({ added = [] }) => added),
    fix !== undefined,
    terminal,
  );
}

/** Commands are copied: they are never cut short. */
function showCommands(added: readonly AddedEntry[], deployed: boolean, terminal: Terminal): void {
  if (added.length === 0) return;
  terminal.result(deployed ? "and what no deploy takes away, with:" : "no deploy takes that away; put it right with:");
  for (const { fix } of added) terminal.result(safeLine(`  ${fix}`));
}

function showResource(
  { address, what, attributes, added = [] }: DriftedResource,
  terminal: Terminal,
  say: (line: string) => void,
) {
  const line = cut(safeLine(`  ${what === "gone" ? "✖ gone   " : "~ changed"} ${address}`), terminal.width);
  terminal.result(terminal.style(what === "gone" ? "red" : "yellow", line));
  for (const attribute of attributes.filter(({ declared }) => declared))
    for (const one of attribute.inside ?? [attribute]) say(`      ${one.path}: ${values(one)}`);
  for (const { inProgram, after } of attributes)
    if (inProgram !== undefined) say(`      to keep it, let ${inProgram} be ${show(after)}`);
  for (const { what: entry } of added) say(`      + ${entry}`);
}

const values = ({ sensitive, before, after }: Pick<DriftedAttribute, "sensitive" | "before" | "after">): string =>
  sensitive ? "(sensitive)" : `${show(before)} -> ${show(after)}`;

const show = (value: unknown): string => (value === undefined ? "(none)" : cut(JSON.stringify(value), 60));
