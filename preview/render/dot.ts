import type { Diagram, Mark } from "./diagram.js";
import { dot } from "./escape.js";

const COLOURS: Readonly<Record<Mark, string>> = {
  added: "#1a7f37",
  removed: "#cf222e",
  changed: "#9a6700",
  same: "#57606a",
};
const SIGN: Readonly<Record<Mark, string>> = { added: "+ ", removed: "- ", changed: "~ ", same: "" };

/** The diagram in Graphviz's language. */
export function dotDiagram({ fleets, gateways, outside, edges }: Diagram): string {
  const look = (mark: Mark): string =>
    `color=${dot(COLOURS[mark])}${mark === "removed" ? ", style=dashed" : mark === "added" ? ", style=bold" : ""}`;
  const node = (name: string, label: string, mark: Mark, shape: string): string =>
    `${dot(name)} [label=${dot(SIGN[mark] + label)}, shape=${shape}, ${look(mark)}];`;
  const lines = [
    "digraph cluster {",
    "  rankdir=LR;",
    '  node [fontname="sans-serif"];',
    '  edge [fontname="sans-serif"];',
  ];
  for (const { key, label, mark } of gateways) lines.push(`  ${node(`gateway ${key}`, label, mark, "ellipse")}`);
  fleets.forEach(({ id, label, mark, services }, index) => {
    lines.push(`  subgraph cluster_${index} {`, `    label=${dot(SIGN[mark] + label)}; ${look(mark)};`);
    for (const service of services)
      lines.push(`    ${node(`service ${service.key}`, service.label, service.mark, "box")}`);
    if (services.length === 0) lines.push(`    ${dot(`empty ${id}`)} [label="", shape=point, style=invis];`);
    lines.push("  }");
  });
  for (const { key, label, mark } of outside) lines.push(`  ${node(`host ${key}`, label, mark, "hexagon")}`);
  for (const { from, to, label, mark } of edges)
    lines.push(`  ${dot(from)} -> ${dot(to)} [label=${dot(SIGN[mark] + label)}, ${look(mark)}];`);
  return `${lines.join("\n")}\n}\n`;
}
