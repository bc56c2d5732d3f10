/** The results as Markdown: ratios, since seconds tell about the machine and not about the programs. */
import { availableParallelism, loadavg } from "node:os";
import { ratioTo } from "./harness.mjs";

export const ratio = (value) => (value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2));
/** What else the machine is at: below 1, every run has a core to itself. */
export const loadPerCore = () => loadavg()[0] / availableParallelism();
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

export function render(sections, load) {
  const targets = sections.flatMap((section) => section.targets);
  return `${[
    "# Results of the benchmark",
    `Written by \`npm run bench\`. Node ${process.versions.node}, ${process.platform} ${
      process.arch
    }, ${availableParallelism()} cores. Every run is a fresh process; runs of all contenders are interleaved, and the numbers are medians, over the rounds, of the ratio within a round. Read the ratios: they hold on other machines, seconds do not. Other work on the machine before the start: ${load.toFixed(1)} processes a core${load > 0.5 ? ", so that even ratios are rough, and seconds far too high" : ""}.`,
    "## Targets",
    table(
      ["claim", "measured", "met"],
      targets.map(({ claim, value, met }) => [claim, value, met ? "yes" : "**no**"]),
    ),
    ...sections.flatMap(({ title, text, tables }) => [`## ${title}`, text, ...tables]),
  ].join("\n\n")}\n`;
}
