import { cut } from "./escape.js";

/**
 * Rows as aligned columns, two spaces between them, without spaces at the end of a line. The last column is cut where
 * a row would be wider than `width`. The last cell of a row may be as wide as it likes: it moves no other row's cells.
 */
export function table(rows: readonly (readonly string[])[], width: number, indent = "  "): string[] {
  const widths: number[] = [];
  for (const row of rows) row.slice(0, -1).forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) => {
    const line = row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join("  ");
    return cut(`${indent}${line}`.trimEnd(), width);
  });
}

/** `1 thing`, `2 things`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A time as a person reads it: `0.4 s`, `12 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
