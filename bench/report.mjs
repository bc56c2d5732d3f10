/** The results as Markdown: ratios, since seconds tell about the machine and not about the programs. */
import { availableParallelism } from "node:os";
import { ratioTo } from "./harness.mjs";

export const ratio = (value) => (value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2));
export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

/** A table of contenders: the first of `base` counts as 1. */
export function ratioTable(times, base, extra = {}) {
  const columns = Object.keys(extra);
  return table(
    ["", `× ${base}`, ...columns],
    [...times.keys()].map((name) => [
      name,
      ratio(ratioTo(times, name, base)),
      ...columns.map((column) => extra[column].get(name) ?? ""),
    ]),
  );
}

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** A claim about a measured value: `{ claim, value, met }`, the value as text. */
export function target(claim, value, met) {
  return { claim, value, met };
}

export function render(sections) {
  const targets = sections.flatMap((section) => section.targets);
  return `${[
    "# Results of the benchmark",
    `Written by \`npm run bench\`. Node ${process.versions.node}, ${process.platform} ${
      process.arch
    }, ${availableParallelism()} cores. Every run is a fresh process; runs of all contenders are interleaved, and the numbers are medians, over the rounds, of the ratio within a round. Read the ratios: they hold on other machines, seconds do not.`,
    "## Targets",
    table(
      ["claim", "measured", "met"],
      targets.map(({ claim, value, met }) => [claim, value, met ? "yes" : "**no**"]),
    ),
    ...sections.flatMap(({ title, text, tables }) => [`## ${title}`, text, ...tables]),
  ].join("\n\n")}\n`;
}
