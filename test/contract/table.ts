import type { Plan } from "./plan.js";

/** What came of one change. */
export interface Outcome {
  readonly name: string;
  /** The real provider's plan. */
  readonly plan: Plan;
  readonly agree: boolean;
}

const ACTIONS = ["create", "update", "replace", "delete"];

/** What each change does to how many resources, and whether the sandbox plans the same: for the log of a test run. */
export function changeTable(outcomes: readonly Outcome[]): string {
  const rows = [...outcomes]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, plan, agree }) => [name, touched(plan), agree ? "yes" : "NO"]);
  const head = ["change", ACTIONS.join(" / "), "agree"];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const agreed = outcomes.filter(({ agree }) => agree).length;
  return `\n${[head, ...rows].map(line).join("\n")}\n${agreed} of ${outcomes.length} changes are planned alike\n\n`;
}

function touched({ actions }: Plan): string {
  const numbers = ACTIONS.map((wanted) => actions.filter(([, action]) => action === wanted).length);
  return numbers.map((number) => (number === 0 ? "-" : String(number))).join(" / ");
}
