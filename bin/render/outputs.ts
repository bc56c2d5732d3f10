import type { OutputValue } from "../../commands/outputs.js";
import { safeLine } from "../terminal/escape.js";
import { table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

/** The outputs of a cluster; a sensitive one without its value. */
export function showOutputs(outputs: Readonly<Record<string, OutputValue>>, terminal: Terminal): void {
  const rows = Object.entries(outputs).map(([name, { sensitive, value }]) => [
    safeLine(name),
    sensitive ? "(sensitive)" : safeLine(typeof value === "string" ? value : JSON.stringify(value ?? null)),
  ]);
  if (rows.length === 0) return;
  terminal.result(terminal.style("bold", "outputs"));
  // An address that is cut is of no use: outputs may be wider than the terminal.
  table(rows, Number.POSITIVE_INFINITY).forEach((line) => terminal.result(line));
}
