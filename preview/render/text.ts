import type { Attribute, ChangeList, ClusterChanges } from "../schema.js";
import { names, plural } from "../values.js";
import { alike, alikeRows, alikeRulings, attributeNames, countOf, resourceWhy, type Told } from "./grouping.js";
import {
  countsText,
  failedText,
  idleText,
  LABELS,
  movedText,
  passBy,
  resourcesText,
  sidesText,
  sifted,
  SIGNS,
  statusText,
  unplayed,
  VERDICT_WORDS,
} from "./labels.js";

/** Things of one kind beyond which the rest is counted. */
const MOST = {
  reasons: 24,
  changes: 60,
  attributes: 6,
  names: 8,
  resources: 40,
  moves: 12,
  files: 6,
  lines: 12,
  findings: 12,
} as const;

/** The change list for a terminal: plain text, without colours. Control characters are left to who prints it. */
export function renderText(list: ChangeList): string {
  const lines = [sidesText(list), `verdict: ${VERDICT_WORDS[list.verdict]}`, ...notes(list)];
  for (const cluster of list.clusters) lines.push("", ...clusterLines(cluster));
  return `${lines.map(clean).join("\n")}\n`;
}

/** Control characters, and those that turn text around, are shown as what they are not: nothing. */
const clean = (line: string): string =>
  line.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ");

function notes(list: ChangeList): string[] {
  const told = (name: "base" | "head"): string[] => {
    const { state, notes: texts } = list[name];
    if (state === "failed") return [failedText(name, list), ...texts.map((text) => `  ${text}`)];
    return texts.map((text) => `note: ${name}: ${text}`);
  };
  const idle = list.idle.slice(0, MOST.findings).map((one) => `note: ${idleText(one)}`);
  more(idle, list.idle.length - MOST.findings, "acceptance", "note: ");
  return [...told("base"), ...told("head"), ...idle];
}

function clusterLines(cluster: ClusterChanges): string[] {
  const { changes, reasons, checks, infrastructure, moved, bootData, policy, order, unknown } = cluster;
  const status = statusText(cluster);
  const lines = [
    `${cluster.cluster}: ${status === "" ? "" : `${status}, `}${countsText(cluster)} (${resourcesText(cluster)})`,
  ];
  if (cluster.verdict === "unchanged") {
    const same = infrastructure.notPlayed.map(({ address }) => address);
    if (same.length > 0) lines.push(`  compared by what is written alone: ${names(same, MOST.resources)}`);
    return lines;
  }
  lines.push(...reasons.slice(0, MOST.reasons).map((reason) => `  ! ${reason}`));
  more(lines, reasons.length - MOST.reasons, "reason", "  ");
  const told = alike(changes);
  for (const change of told.slice(0, MOST.changes)) lines.push(...changeLines(change));
  more(lines, changes.length - countOf(told.slice(0, MOST.changes)), "change", "  ");
  const rulings = alikeRulings(policy);
  section(lines, "policy", rulings.slice(0, MOST.findings).flatMap(rulingLines), 2 * MOST.findings);
  more(lines, rulings.length - MOST.findings, "ruling", "    ");
  const rows = checks.rows.filter(({ mark, base, head }) => mark !== "same" || base !== head);
  section(
    lines,
    "checks, base and head",
    rows.map(
      ({ what, base, head, mark }) =>
        `${mark === "error" || mark === "warning" ? "!" : " "} ${what}: ${base} -> ${head}`,
    ),
    MOST.findings,
  );
  section(
    lines,
    "new findings",
    checks.appeared.map(({ code, severity, message, places }) => `${severity} ${code} ${message} (${places[0] ?? ""})`),
    MOST.findings,
  );
  section(
    lines,
    "newly acknowledged",
    checks.acknowledged.map(
      ({ code, message, places, acknowledged }) =>
        `${code} ${message} (${places[0] ?? ""}), reason: ${acknowledged ?? ""}`,
    ),
    MOST.findings,
  );
  section(
    lines,
    "resolved",
    checks.resolved.map(({ code, message }) => `${code} ${message}`),
    MOST.findings,
  );
  section(lines, "tasks that move", moved.map(movedText), MOST.moves);
  section(
    lines,
    "order",
    order.map((text, index) => `${index + 1}. ${text}`),
    MOST.changes,
  );
  const { shown, hiddenText } = sifted(cluster);
  section(
    lines,
    "resources",
    alikeRows(shown, (row) =>
      [resourceWhy(row), attributeNames(row, MOST.names)].filter((text) => text !== "").join("; "),
    ),
    MOST.resources,
  );
  if (hiddenText !== "") lines.push(`    hidden: ${hiddenText}`);
  section(
    lines,
    "not played through",
    unplayed(cluster).map(({ address, text }) => `? ${address}  ${text}`),
    MOST.resources,
  );
  section(
    lines,
    "would be refused",
    infrastructure.refused.map(({ address, message }) => `${address}: ${message}`),
    MOST.findings,
  );
  for (const { fleet, files } of bootData.slice(0, MOST.files))
    section(
      lines,
      `boot data of ${fleet}`,
      files.map(({ path, removed, added }) => `${path}: -${removed} +${added}`),
      MOST.files,
    );
  lines.push(`  not known offline: ${unknown.join("; ")}`);
  return lines;
}

function rulingLines(ruling: ReturnType<typeof alikeRulings>[number]): string[] {
  const { rule, what, accepted } = ruling;
  if (accepted !== null) return [`accepted ${rule}: ${what} because ${accepted}`];
  const by = passBy(ruling);
  return [
    `BLOCKED ${rule}: ${what}`,
    ...(by === undefined ? [] : [`  to let it pass: the label "${by.label}", or ${by.option}`]),
  ];
}

function changeLines({ action, what, attributes, why, effect, stateful, weight }: Told): string[] {
  const head = `  ${weight === "danger" ? "!" : " "}${SIGNS[action]} ${LABELS[action].padEnd(7)} ${what}${stateful ? " (holds data)" : ""}`;
  const lines = [`${head}: ${why.join("; ")}`];
  for (const attribute of attributes.slice(0, MOST.attributes)) lines.push(`        ${attributeText(attribute)}`);
  more(lines, attributes.length - MOST.attributes, "attribute", "        ");
  if (effect.length > 0) lines.push(`      => ${effect.join("; ")}`);
  return lines;
}

const attributeText = ({ name, before, after }: Attribute): string =>
  `${name}: ${before ?? "(none)"} -> ${after ?? "(none)"}`;

function section(lines: string[], title: string, texts: readonly string[], most: number): void {
  if (texts.length === 0) return;
  lines.push(`  ${title}`, ...texts.slice(0, most).map((text) => `    ${text}`));
  more(lines, texts.length - most, "line", "    ");
}

function more(lines: string[], count: number, one: string, indent: string): void {
  if (count > 0) lines.push(`${indent}and ${plural(count, `more ${one}`)}`);
}
