import type { ClusterChecks, Counts, Explanation, LocatedFinding } from "../../commands/check.js";
import { safe, safeLine } from "../terminal/escape.js";
import { calledAt } from "./errors.js";
import { plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

/** Places that are shown of one finding; `--json` has all of them. */
const PLACES = 6;

const STYLES = { error: "red", warning: "yellow", note: "cyan" } as const;

/** What the checks say about a cluster: findings, worst first, and how full its fleets are. */
export function showChecks(checks: ClusterChecks, terminal: Terminal): void {
  terminal.result(terminal.style("bold", safeLine(checks.cluster)));
  for (const finding of checks.findings) showFinding(finding, terminal);
  for (const { code, on, reason } of checks.unused)
    terminal.result(
      `  ${terminal.style("cyan", "note")} ${code} is acknowledged${on === null ? "" : ` for ${safeLine(on)}`} ("${safeLine(reason)}"), and was not found`,
    );
  const { pairs, withoutEdge } = checks.shared;
  if (withoutEdge > 0)
    terminal.result(
      `  ${terminal.style("bold", "reachable without an edge")} ${withoutEdge} of ${plural(pairs, "pair")} of services that share a network ('--json' names them)`,
    );
  const rows = checks.headroom.map((row) => [
    row.fleet,
    `${row.size} ${row.vms}`,
    plural(row.tasks, "task"),
    `memory ${percent(row.memory)}`,
    `cpu ${percent(row.cpu)}`,
    row.worst === null ? "" : `fullest ${row.worst.vm}: ${percent(row.worst.memory)}, ${percent(row.worst.cpu)}`,
    row.fits ? "" : "does not fit",
  ]);
  if (rows.length > 0) terminal.result(terminal.style("bold", "  reserved"));
  for (const line of table(
    rows.map((row) => row.map(safeLine)),
    terminal.width,
    "    ",
  ))
    terminal.result(line);
}

function showFinding(finding: LocatedFinding, terminal: Terminal): void {
  const { code, severity, message, hint, places, acknowledged } = finding;
  const severityText = acknowledged === null ? severity : "acknowledged";
  const label = terminal.style(acknowledged === null ? STYLES[severity] : "dim", severityText);
  const many = places.length > 1 ? ` (in ${places.length} places)` : "";
  const [head = "", ...rest] = wrapped(`${severityText} ${code} ${safeLine(message)}${many}`, terminal.width - 4);
  terminal.result(`  ${label}${head.slice(severityText.length)}`);
  for (const line of rest) terminal.result(`      ${line}`);
  for (const { path, source, detail } of places.slice(0, PLACES)) {
    const where = source === undefined ? "" : `${safeLine(source.file)}:${source.line}:${source.column} `;
    const called = calledAt(source);
    const more = [...(detail === undefined ? [] : [safeLine(detail)]), ...(called === "" ? [] : [called])];
    terminal.result(`    ${[`${where}[${safeLine(path)}]`, ...more].join(" ")}`);
  }
  if (places.length > PLACES) terminal.result(`    and ${places.length - PLACES} more`);
  const last = acknowledged === null ? safeLine(hint) : `reason: ${safeLine(acknowledged)}`;
  for (const line of wrapped(last, terminal.width - 4)) terminal.result(`    ${line}`);
}

/** `2 errors, one warning`; empty where there are none. */
export function countText({ errors, warnings, notes, acknowledged }: Counts): string {
  const told = [
    [errors, "error"],
    [warnings, "warning"],
    [notes, "note"],
  ] as const;
  const parts = told.filter(([count]) => count > 0).map(([count, name]) => plural(count, name));
  if (acknowledged > 0) parts.push(`${acknowledged} acknowledged`);
  return parts.join(", ");
}

/** What is behind a rule. */
export function showRule({ code, title, severity, why, fix }: Explanation, terminal: Terminal): void {
  terminal.result(terminal.style("bold", `${code}: ${safe(title)}`));
  terminal.result(`a finding is ${severity}`);
  for (const text of [why, `To do: ${fix}`]) {
    terminal.result("");
    for (const line of wrapped(safe(text), Math.min(terminal.width, 100))) terminal.result(line);
  }
}

/** Breaks a text into lines, never within a command, which stands in backticks and is to be copied whole. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.match(/`[^`]*`\S*|\S+/g) ?? []) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function percent({ used, total }: { readonly used: number; readonly total: number }): string {
  return total === 0 || total === Infinity ? "-" : `${Math.round((used / total) * 100)} %`;
}
