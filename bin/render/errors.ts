import { LightfleetError, type Finding } from "../../errors/error.js";
import { safe, safeLine } from "../terminal/escape.js";
import type { Terminal } from "../terminal/terminal.js";

/** Shows an error: what failed, all that was found, and what to do. */
export function showError(error: unknown, terminal: Terminal, debug: boolean): void {
  if (!LightfleetError.is(error)) {
    showUnexpected(error, terminal, debug);
    return;
  }
  const soft = error.code === "LF059";
  const [headline = "", ...more] = safe(error.message).split("\n");
  const label = soft ? "" : `${terminal.style("red", "error")} ${terminal.style("dim", error.code)} `;
  terminal.error(`${label}${headline}`);
  // With findings, the rest of the message says the same once more.
  if (error.findings.length === 0) more.forEach((line) => terminal.error(`  ${line}`));
  for (const lines of groupFindings(error.findings)) lines.forEach((line) => terminal.error(line));
  if (error.done?.text !== undefined) terminal.error(`  ${safeLine(error.done.text)}`);
  if (error.hint !== undefined) terminal.error(`${terminal.style("cyan", "hint")} ${safeLine(error.hint)}`);
  if (debug) showStack(error, terminal);
}

/** The clusters that were done before an error, for `--json`; nothing where the command works on none. */
export function doneToJson(error: unknown): { readonly clusters?: readonly unknown[] } {
  return LightfleetError.is(error) && error.done !== undefined ? { clusters: error.done.clusters } : {};
}

/** An error as data, for `--json`. */
export function errorToJson(error: unknown): object {
  if (!LightfleetError.is(error)) return { code: "LF095", kind: "internal", message: messageOf(error), findings: [] };
  const { code, kind, message, hint, findings } = error;
  const headline = findings.length === 0 ? message : message.split("\n")[0]?.replace(/:$/, "");
  return { code, kind, message: headline, ...(hint !== undefined && { hint }), findings };
}

/** One mistake that was made in many places is one finding with many places. */
function groupFindings(findings: readonly Finding[]): string[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, finding.message, finding.hint]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map(renderGroup);
}

function renderGroup(group: readonly Finding[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const [headline = "", ...more] = safe(first.message).split("\n");
  const rest = more.map((line) => `    ${line}`);
  const hint = first.hint === undefined ? [] : [`    ${safeLine(first.hint)}`];
  const where = group.map(placeOf);
  if (group.length === 1) {
    const place = where[0] === "" ? "" : `${where[0]} `;
    const calls = callersOf(first.source).map((call) => `    called at ${call}`);
    return [`  ${place}${first.code} ${pathOf(first)}${headline}`, ...rest, ...calls, ...hint];
  }
  const places = group
    .map((finding, i) =>
      `${where[i] === "" ? "" : `${where[i]} `}${pathOf(finding)}${calledAt(finding.source)}`.trimEnd(),
    )
    .filter((place) => place !== "")
    .map((place) => `    ${place}`);
  const count = places.length === 0 ? `${group.length} times` : `in ${group.length} places`;
  return [`  ${first.code} ${headline} (${count})`, ...rest, ...places, ...hint];
}

function placeOf({ source }: Finding): string {
  return source === undefined ? "" : `${safeLine(source.file)}:${source.line}:${source.column}`;
}

/** The calls that led to a place within a function of the program, from the inside out. */
const callersOf = (source: Finding["source"]): string[] =>
  (source?.callers ?? []).map(({ file, line, column }) => `${safeLine(file)}:${line}:${column}`);

/** The same on one line. */
export function calledAt(source: Finding["source"]): string {
  const calls = callersOf(source);
  return calls.length === 0 ? "" : `called at ${calls.join(", ")}`;
}

function pathOf({ path }: Finding): string {
  return path === undefined || path === "" ? "" : `[${safeLine(path)}] `;
}

function showUnexpected(error: unknown, terminal: Terminal, debug: boolean): void {
  terminal.error(`${terminal.style("red", "error")} LF095 ${safe(messageOf(error))}`);
  terminal.error("  this is a bug in Lightfleet: please report it");
  if (debug) showStack(error, terminal);
  else terminal.error(`${terminal.style("cyan", "hint")} run it again with --debug to see where it happened`);
}

function showStack(error: unknown, terminal: Terminal): void {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    terminal.error(terminal.style("dim", safe(at.stack ?? at.message)));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
