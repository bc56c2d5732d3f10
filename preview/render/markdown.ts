import type { Change, ChangeList, ClusterChanges } from "../schema.js";
import { plural } from "../values.js";
import { alike, alikeRulings, countOf } from "./grouping.js";
import { more, short, type Budget } from "./budget.js";
import { markdown, plain } from "./escape.js";
import { commentMark } from "./mark.js";
import { details } from "./markdown-details.js";
import {
  countsText,
  failedText,
  idleText,
  LABELS,
  passBy,
  shortCommit,
  SIGNS,
  statusText,
  VERDICT_WORDS,
} from "./labels.js";

/** What GitHub takes in one comment. */
export const COMMENT_LIMIT = 65_535;

/** Tried one after the other, until it fits. */
const BUDGETS: readonly Budget[] = [
  { rows: 200, details: 300, diagram: true, boot: 400, attributes: 12, clusters: 50, text: 600 },
  { rows: 100, details: 100, diagram: true, boot: 120, attributes: 6, clusters: 50, text: 400 },
  { rows: 60, details: 40, diagram: true, boot: 40, attributes: 4, clusters: 30, text: 300 },
  { rows: 40, details: 20, diagram: false, boot: 12, attributes: 3, clusters: 20, text: 200 },
  { rows: 20, details: 8, diagram: false, boot: 0, attributes: 2, clusters: 10, text: 160 },
  { rows: 10, details: 0, diagram: false, boot: 0, attributes: 0, clusters: 6, text: 100 },
  { rows: 3, details: 0, diagram: false, boot: 0, attributes: 0, clusters: 3, text: 60 },
];

/** A comment for a pull request. It always fits: details are cut, the summary never is. The same list gives the same bytes. */
export function renderMarkdown(list: ChangeList, limit = COMMENT_LIMIT): string {
  let text = "";
  for (const budget of BUDGETS) {
    text = render(list, budget);
    if (text.length <= limit) return text;
  }
  return `${text.slice(0, limit - 40)}\n\n(cut)\n`;
}

function render(list: ChangeList, budget: Budget): string {
  const { clusters } = list;
  const lines = [
    commentMark(clusters.length === 1 ? (clusters[0]?.cluster ?? "") : "all", list.project),
    ...top(list, budget),
  ];
  for (const cluster of clusters.slice(0, budget.clusters))
    lines.push("", ...clusterLines(cluster, clusters.length > 1, budget));
  if (clusters.length > budget.clusters)
    lines.push(
      "",
      `… and ${plural(clusters.length - budget.clusters, "more cluster")}: ${clusters
        .slice(budget.clusters, budget.clusters + 20)
        .map(({ cluster, verdict }) => `${markdown(cluster)} (${verdict})`)
        .join(", ")}`,
    );
  lines.push("", footer(list));
  return `${lines.join("\n")}\n`;
}

function top(list: ChangeList, budget: Budget): string[] {
  const { base, head, clusters, verdict } = list;
  const name =
    clusters.length === 1
      ? clusters[0]?.cluster
      : clusters.length === 0
        ? head.state === "failed"
          ? "head cannot be synthesized"
          : "no cluster"
        : plural(clusters.length, "cluster");
  const counts = clusters.length === 1 && clusters[0] !== undefined ? `: ${countsText(clusters[0])}` : "";
  const commits = [base, head].map(({ commit, ref }) =>
    commit !== null && /^[0-9a-f]+$/.test(commit) ? shortCommit(commit) : markdown(ref),
  );
  const told = (side: "base" | "head"): string[] => {
    const { state, notes } = list[side];
    if (notes.length === 0) return [];
    const texts = notes.slice(0, 6).map((note) => short(note, budget));
    return [`> ${state === "failed" ? `**${failedText(side, list)}**` : `${side}:`} ${texts.join("<br>")}`, ""];
  };
  return [
    `### ${markdown(name ?? "")}${counts}`,
    "",
    ...told("base"),
    ...told("head"),
    ...idleLines(list, budget),
    `**Verdict: ${VERDICT_WORDS[verdict]}** · ${commits.join(" → ")} · offline preview${head.ref.includes("not committed") ? " · working tree" : ""}`,
  ];
}

function idleLines({ idle }: ChangeList, budget: Budget): string[] {
  if (idle.length === 0) return [];
  const texts = idle.slice(0, 6).map((one) => short(idleText(one), budget));
  const rest = idle.length - texts.length;
  return [`> ${[...texts, ...(rest > 0 ? [`and ${rest} more`] : [])].join("<br>")}`, ""];
}

function clusterLines(cluster: ClusterChanges, titled: boolean, budget: Budget): string[] {
  const status = statusText(cluster);
  const lines = titled
    ? [`#### ${markdown(cluster.cluster)}: ${countsText(cluster)}`, "", `Verdict: ${VERDICT_WORDS[cluster.verdict]}`]
    : [];
  if (status !== "") lines.push("", `This is about ${status}.`);
  if (cluster.reasons.length > 0) {
    lines.push("", ...cluster.reasons.slice(0, budget.rows).map((reason) => `- ${short(reason, budget)}`));
    more(lines, cluster.reasons.length - budget.rows, "reason");
  }
  if (cluster.changes.length > 0) lines.push("", ...changesTable(cluster.changes, budget));
  if (cluster.policy.length > 0) lines.push("", ...policyLines(cluster, budget));
  if (cluster.verdict !== "unchanged") lines.push("", ...checksTable(cluster, budget));
  lines.push(...details(cluster, budget));
  return lines;
}

function changesTable(changes: readonly Change[], budget: Budget): string[] {
  const table = ["| | what | action | why | effect |", "| :-: | --- | --- | --- | --- |"];
  const all = alike(changes);
  const told = all.slice(0, budget.rows);
  for (const { weight, action, what, stateful, why, effect } of told) {
    const loud = weight === "danger" ? "⛔" : weight === "warning" ? "⚠" : SIGNS[action] === "-" ? "−" : SIGNS[action];
    const strong = weight === "danger" || (stateful && ["remove", "replace"].includes(action));
    const label = strong ? `**${LABELS[action]}**` : LABELS[action];
    const cell = (texts: readonly string[]): string => short(texts.join("; "), budget);
    table.push(
      `| ${loud === "+" || loud === "~" || loud === "±" || loud === ">" ? `\`${loud}\`` : loud} | ${short(what, budget)}${stateful ? " (holds data)" : ""} | ${label} | ${cell(why)} | ${cell(effect)} |`,
    );
  }
  const rest = all.slice(budget.rows);
  if (rest.length > 0) {
    const count = (action: Change["action"]): number => countOf(rest.filter((change) => change.action === action));
    const parts = (["remove", "replace", "rename", "roll", "restart", "change", "add"] as const)
      .filter((action) => count(action) > 0)
      .map((action) => `${count(action)} ${LABELS[action].toLowerCase()}`);
    table.push(`| … | ${plural(countOf(rest), "more change")} | | ${parts.join(", ")} | |`);
  }
  return table;
}

function policyLines({ policy }: ClusterChanges, budget: Budget): string[] {
  const lines = ["**Policy**", ""];
  const rulings = alikeRulings(policy);
  for (const ruling of rulings.slice(0, budget.rows)) {
    const { rule, what, accepted } = ruling;
    const by = passBy(ruling);
    const how = by === undefined ? "" : `. To let it pass: the label \`${by.label}\`, or \`${by.option}\``;
    lines.push(
      `- ${accepted === null ? "⛔ blocked by" : "passed"} ${short(rule, budget)}: ${short(what, budget)}${accepted === null ? how : `, because: ${short(accepted, budget)}`}`,
    );
  }
  more(lines, rulings.length - budget.rows, "ruling");
  return lines;
}

function checksTable({ checks }: ClusterChanges, budget: Budget): string[] {
  const marks = { error: "⛔", warning: "⚠", better: "better", same: "", changed: "" };
  const lines = ["| check | base | head | |", "| --- | --- | --- | --- |"];
  for (const { what, base, head, mark } of checks.rows)
    lines.push(`| ${markdown(what)} | ${markdown(base)} | ${markdown(head)} | ${marks[mark]} |`);
  if (checks.appeared.length + checks.acknowledged.length > 0) lines.push("");
  for (const { severity, code, message, places } of checks.appeared.slice(0, budget.rows))
    lines.push(
      `- new ${severity} ${markdown(code)}: ${short(message, budget)} — ${short(places.slice(0, 3).join(", "), budget)}`,
    );
  more(lines, checks.appeared.length - budget.rows, "finding");
  for (const { code, message, places, acknowledged } of checks.acknowledged.slice(0, budget.rows))
    lines.push(
      `- newly acknowledged ${markdown(code)}: ${short(message, budget)} — ${short(places.slice(0, 3).join(", "), budget)}, reason: ${short(acknowledged ?? "", budget)}`,
    );
  more(lines, checks.acknowledged.length - budget.rows, "acknowledged finding");
  if (checks.resolved.length > 0)
    lines.push("", `Resolved: ${short(checks.resolved.map(({ code }) => code).join(", "), budget)}`);
  return lines;
}

function footer({ clusters }: ChangeList): string {
  const unknown = [...new Set(clusters.flatMap((cluster) => cluster.unknown))];
  const list = unknown.length > 0 ? unknown : ["all but what the programs say"];
  return `Not known offline: ${list
    .slice(0, 12)
    .map((text) => markdown(plain(text).slice(0, 400)))
    .join("; ")}. \`lightfleet diff\` with credentials tells.`;
}
