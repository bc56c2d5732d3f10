import type { Change, ClusterChanges } from "../schema.js";
import { plural } from "../values.js";
import { alike, attributeNames, resourceWhy } from "./grouping.js";
import { more, short, type Budget } from "./budget.js";
import { diagramOf, mermaidDiagram } from "./diagram.js";
import { codeBlock, markdown } from "./escape.js";
import { movedText, RESOURCE_SIGNS, resourcesText, sifted, unplayed } from "./labels.js";

/** What is folded away below a comment's tables. */
export function details(cluster: ClusterChanges, budget: Budget): string[] {
  const lines: string[] = [];
  const { topology, bootData, moved, order, changes, infrastructure } = cluster;
  if (cluster.verdict !== "unchanged" && budget.diagram) {
    const changed = new Set(
      changes.filter(({ action }) => action !== "add" && action !== "remove").map(({ id }) => id),
    );
    const text = mermaidDiagram(diagramOf(topology.base, topology.head, changed)).trimEnd();
    lines.push(...folded("diagram: + added, - removed, ~ changed", codeBlock(text.split("\n"), "mermaid")));
  }
  if (budget.attributes > 0 && changes.some(({ attributes }) => attributes.length > 0))
    lines.push(...folded("what differs", attributeTable(changes, budget)));
  if (order.length > 0 && budget.details > 0)
    lines.push(
      ...folded(
        "order of the rollout",
        order.map((text, index) => `${index + 1}. ${short(text, budget)}`),
      ),
    );
  if (moved.length > 0 && budget.details > 0) {
    const texts = moved.slice(0, budget.details).map((move) => `- ${short(movedText(move), budget)}`);
    more(texts, moved.length - budget.details, "service");
    lines.push(...folded(`tasks that move: ${plural(moved.length, "service")}`, texts));
  }
  for (const { fleet, files } of budget.boot > 0 ? bootData.slice(0, budget.details) : []) {
    const texts = files.flatMap(({ path, lines: diff, cut }) => [
      `@@ ${path} @@`,
      ...diff.slice(0, budget.boot).map(({ sign, text }) => `${sign}${text}`),
      ...(cut || diff.length > budget.boot ? ["(cut)"] : []),
    ]);
    lines.push(...folded(`boot data of ${fleet}`, codeBlock(texts, "diff")));
  }
  if (bootData.length > 0 && budget.boot === 0)
    lines.push(
      "",
      `Boot data differs for ${short(bootData.map(({ fleet }) => fleet).join(", "), budget)}: see the page or the JSON.`,
    );
  const { resources, refused } = infrastructure;
  if (refused.length > 0)
    lines.push(
      ...folded(
        "what would be refused",
        refused.slice(0, 20).map(({ address, message }) => `- ${short(address, budget)}: ${short(message, budget)}`),
      ),
    );
  const unknown = unplayed(cluster).slice(0, Math.max(20, budget.details));
  if (unknown.length > 0)
    lines.push(
      ...folded(
        "what was not played through",
        unknown.map(({ address, text }) => `- ${short(address, budget)}: ${text}`),
      ),
    );
  if (resources.length > 0)
    lines.push(
      ...(budget.details > 0
        ? folded(resourceTitle(cluster), resourceLines(cluster, budget))
        : ["", resourceTitle(cluster)]),
    );
  return lines;
}

function attributeTable(changes: readonly Change[], budget: Budget): string[] {
  const lines = ["| what | attribute | before | after |", "| --- | --- | --- | --- |"];
  for (const { what, attributes } of alike(changes).slice(0, budget.rows)) {
    for (const { name, before, after } of attributes.slice(0, budget.attributes))
      lines.push(
        `| ${short(what, budget)} | ${short(name, budget)} | ${short(before ?? "(none)", budget)} | ${short(after ?? "(none)", budget)} |`,
      );
    if (attributes.length > budget.attributes)
      lines.push(`| ${short(what, budget)} | … | ${attributes.length - budget.attributes} more | |`);
  }
  return lines;
}

function resourceTitle(cluster: ClusterChanges): string {
  const { hiddenText } = sifted(cluster);
  return `resources: ${resourcesText(cluster)}${hiddenText === "" ? "" : ` (hidden: ${hiddenText})`}`;
}

function resourceLines(cluster: ClusterChanges, budget: Budget): string[] {
  const { shown } = sifted(cluster);
  const rows = shown.slice(0, budget.details).flatMap((row) => {
    const { action, address, attributes, computed } = row;
    const said = resourceWhy(row);
    const head = `${RESOURCE_SIGNS[action]} ${address}`;
    // What is new has nothing before: its names are enough.
    if (action === "create") {
      const text = attributeNames(row, budget.attributes);
      return [text === "" ? head : `${head}  ${text}`];
    }
    const named = attributes
      .slice(0, budget.attributes)
      .map(({ name, before, after }) => `    ${name}: ${before ?? "(none)"} -> ${after ?? "(none)"}`);
    const hidden = attributes.length - named.length + computed;
    return [
      `${head}${said === "" ? "" : `  ${said}`}`,
      ...named,
      ...(hidden > 0 && named.length > 0 ? [`    and ${hidden} more`] : []),
    ];
  });
  if (shown.length > budget.details) rows.push(`and ${shown.length - budget.details} more`);
  return codeBlock(rows, "text");
}

const folded = (title: string, body: readonly string[]): string[] => [
  "",
  `<details><summary>${markdown(title)}</summary>`,
  "",
  ...body,
  "",
  "</details>",
];
