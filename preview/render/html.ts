import { createHash } from "node:crypto";
import type { Change, ChangeList, ClusterChanges, Topology } from "../schema.js";
import { plural } from "../values.js";
import { resourceWhy } from "./grouping.js";
import { flowing, html } from "./escape.js";
import { SCRIPT, STYLE } from "./page/style.js";
import { drawTopology, type Sign, type Signs } from "./svg.js";
import {
  countsText,
  failedText,
  idleText,
  LABELS,
  movedText,
  passBy,
  RESOURCE_SIGNS,
  resourcesText,
  sidesText,
  sifted,
  SIGNS,
  statusText,
  unplayed,
  VERDICT_WORDS,
} from "./labels.js";

/** Rows of a kind beyond which the rest is counted: a browser has to stay quick. */
const MOST = 2_000;
/** Tasks beyond which a picture is of no use, and of no good to a browser. */
const LARGEST_PICTURE = 6_000;

/** The change list as one page that needs nothing else: no network, no fonts, one small script of ours. */
export function renderHtml(list: ChangeList): string {
  const hash = createHash("sha256").update(SCRIPT).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const names = list.clusters.map(({ cluster }) => cluster).join(", ") || "no cluster";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(`${names}: ${VERDICT_WORDS[list.verdict]}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${html(names)}</h1>
<div class="bar"><span class="verdict ${list.verdict}">Verdict: ${VERDICT_WORDS[list.verdict]}</span><span class="dim">${html(sidesText(list))} · offline preview</span>
<input type="search" id="search" placeholder="Search" aria-label="Search changes, resources and findings"><span class="dim"><kbd>/</kbd> search <kbd>b</kbd> before or after</span></div>
</header>
<main>
${sideNotes(list)}
<p id="none" hidden role="status">Nothing matches.</p>
${list.clusters.map((cluster, index) => clusterSection(cluster, index)).join("\n")}
</main>
<footer><p class="dim">Not known offline: ${html([...new Set(list.clusters.flatMap(({ unknown }) => unknown))].join("; ") || "all but what the programs say")}. <code>lightfleet diff</code> with credentials tells.</p></footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function sideNotes(list: ChangeList): string {
  const told = (name: "base" | "head"): string => {
    const { state, notes } = list[name];
    if (notes.length === 0) return "";
    const failed = state === "failed";
    return `<p class="${failed ? "blocked" : "dim"}">${failed ? `<strong>${failedText(name, list)}.</strong> ` : `${name}: `}${notes.map(flowing).join("<br>")}</p>`;
  };
  const idle = list.idle.slice(0, MOST).map((one) => `<p class="dim">${flowing(idleText(one))}</p>`);
  return told("base") + told("head") + idle.join("");
}

function clusterSection(cluster: ClusterChanges, index: number): string {
  const status = statusText(cluster);
  return `<section aria-labelledby="c${index}">
<h2 id="c${index}">${html(cluster.cluster)}: ${html([status, countsText(cluster)].filter(Boolean).join(", "))}</h2>
<p><span class="verdict ${cluster.verdict}">${VERDICT_WORDS[cluster.verdict]}</span> <span class="dim">${html(resourcesText(cluster))}</span></p>
${
  cluster.reasons.length > 0
    ? `<ul class="reasons">${cluster.reasons
        .slice(0, MOST)
        .map((reason) => `<li>${flowing(reason)}</li>`)
        .join("")}</ul>`
    : ""
}
${changesTable(cluster.changes)}
${pictures(cluster, index)}
${policyTable(cluster)}
${checksTable(cluster)}
${list("Order of the rollout", cluster.order, "ol")}
${list("Tasks that move", cluster.moved.map(movedText), "ul")}
${bootData(cluster)}
${resources(cluster)}
</section>`;
}

const dataText = (texts: readonly (string | null)[]): string =>
  html(
    texts
      .filter((text) => text !== null)
      .join(" ")
      .toLowerCase()
      .slice(0, 2_000),
  );

function changesTable(changes: readonly Change[]): string {
  if (changes.length === 0) return "";
  const rows = changes.slice(0, MOST).map(({ id, action, what, weight, stateful, why, effect, attributes }) => {
    const differs =
      attributes.length === 0
        ? ""
        : `<details><summary>${plural(attributes.length, "attribute")}</summary><table class="cards"><thead><tr><th>attribute</th><th>before</th><th>after</th></tr></thead><tbody>${attributes
            .map(
              ({ name, before, after }) =>
                `<tr><td data-label="attribute">${flowing(name)}</td><td class="value" data-label="before">${flowing(before ?? "(none)")}</td><td class="value" data-label="after">${flowing(after ?? "(none)")}</td></tr>`,
            )
            .join("")}</tbody></table></details>`;
    const text = dataText([
      what,
      action,
      ...why,
      ...effect,
      ...attributes.flatMap(({ name, before, after }) => [name, before, after]),
    ]);
    return `<tr class="${weight}" tabindex="-1" data-change="${html(id)}" data-text="${text}"><td class="sign">${SIGNS[action]}</td><td data-label="what">${flowing(what)}${stateful ? " <em>(holds data)</em>" : ""}</td><td data-label="action"><span class="label">${LABELS[action]}${weight === "danger" ? " (danger)" : weight === "warning" ? " (look)" : ""}</span></td><td class="prose" data-label="why">${flowing(why.join("; "))}${differs}</td><td class="prose" data-label="effect">${flowing(effect.join("; "))}</td></tr>`;
  });
  const more = changes.length > MOST ? `<p>and ${changes.length - MOST} more: see the JSON</p>` : "";
  return `<h3>What changes</h3><table class="cards"><thead><tr><th><span class="dim">±</span></th><th>what</th><th>action</th><th>why</th><th>effect</th></tr></thead><tbody>${rows.join("")}</tbody></table>${more}`;
}

function pictures({ topology: { base, head }, changes }: ClusterChanges, index: number): string {
  const tasks = (one: Topology | null): number =>
    one?.fleets.reduce((sum, { vms }) => sum + vms.reduce((all, vm) => all + vm.tasks.length + 1, 0), 0) ?? 0;
  if (Math.max(tasks(base), tasks(head)) > LARGEST_PICTURE)
    return "<h3>Topology</h3><p>Too many VMs and tasks for a picture: see the tables.</p>";
  const signs = (side: "base" | "head"): Signs =>
    new Map(
      changes.flatMap(({ id, action }): (readonly [string, Sign])[] => {
        if (action === "add" || action === "rename") return side === "head" ? [[id, "+"]] : [];
        if (action === "remove") return side === "base" ? [[id, "-"]] : [];
        return [[id, action === "replace" ? "±" : "~"]];
      }),
    );
  const draw = (one: Topology | null, side: "base" | "head"): string =>
    one === null ? "<p>Nothing is there.</p>" : drawTopology(one, signs(side), `t${index}-${side}`);
  return `<h3>Topology</h3><div>
<input class="side before-on" type="radio" name="side${index}" id="before${index}"><input class="side after-on" type="radio" name="side${index}" id="after${index}" checked>
<div class="switch" role="presentation"><label class="for-before" for="before${index}">before</label><label class="for-after" for="after${index}">after</label> <span class="dim">+ added, - removed, ± replaced, ~ changed</span></div>
<div class="pictures"><div class="picture before" tabindex="0" aria-label="before">${draw(base, "base")}</div><div class="picture after" tabindex="0" aria-label="after">${draw(head, "head")}</div></div></div>`;
}

function policyTable({ policy }: ClusterChanges): string {
  if (policy.length === 0) return "";
  const rows = policy.map((ruling) => {
    const { rule, what, accepted } = ruling;
    const by = passBy(ruling);
    const how =
      by === undefined
        ? ""
        : `; to let it pass: the label <code class="whole">${html(by.label)}</code>, or <code class="whole">${html(by.option)}</code>`;
    return `<tr class="${accepted === null ? "danger" : ""}" data-text="${dataText([rule, what, accepted])}"><td data-label="rule">${flowing(rule)}</td><td data-label="what">${flowing(what)}</td><td class="prose" data-label="ruling">${accepted === null ? `blocked${how}` : `passes: ${flowing(accepted)}`}</td></tr>`;
  });
  return `<h3>Policy</h3><table class="cards"><thead><tr><th>rule</th><th>what</th><th>ruling</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function checksTable({ checks, verdict }: ClusterChanges): string {
  if (verdict === "unchanged") return "";
  const words = { error: "error", warning: "warning", better: "better", same: "", changed: "changed" };
  const weight = { error: "danger", warning: "warning", better: "", same: "", changed: "" };
  const rows = checks.rows.map(
    ({ what, base, head, mark }) =>
      `<tr class="${weight[mark]}"><td data-label="check">${flowing(what)}</td><td data-label="base">${flowing(base)}</td><td data-label="head">${flowing(head)}</td><td>${words[mark]}</td></tr>`,
  );
  const found = checks.appeared
    .slice(0, MOST)
    .map(
      ({ severity, code, message, places }) =>
        `<li data-text="${dataText([severity, code, message, ...places])}"><strong>${html(`new ${severity} ${code}`)}</strong>: ${flowing(message)} <span class="dim">${flowing(places.slice(0, 5).join(", "))}</span></li>`,
    );
  const taken = checks.acknowledged
    .slice(0, MOST)
    .map(
      ({ code, message, places, acknowledged }) =>
        `<li data-text="${dataText([code, message, acknowledged ?? "", ...places])}">${html(`newly acknowledged ${code}`)}: ${flowing(message)} <span class="dim">${flowing(places.slice(0, 5).join(", "))}</span>, reason: ${flowing(acknowledged ?? "")}</li>`,
    );
  const gone = checks.resolved
    .slice(0, MOST)
    .map(
      ({ code, message }) =>
        `<li data-text="${dataText([code, message])}">${html(`resolved ${code}`)}: ${flowing(message)}</li>`,
    );
  return `<h3>Checks</h3><table class="cards"><thead><tr><th>check</th><th>base</th><th>head</th><th></th></tr></thead><tbody>${rows.join("")}</tbody></table>${found.length + taken.length + gone.length > 0 ? `<ul>${found.join("")}${taken.join("")}${gone.join("")}</ul>` : ""}`;
}

const list = (title: string, texts: readonly string[], tag: "ol" | "ul"): string =>
  texts.length === 0
    ? ""
    : `<h3>${title}</h3><${tag}>${texts
        .slice(0, MOST)
        .map((text) => `<li data-text="${dataText([text])}">${flowing(text)}</li>`)
        .join("")}</${tag}>`;

function bootData({ bootData: data }: ClusterChanges): string {
  if (data.length === 0) return "";
  const kinds = { "+": "add", "-": "del", " ": "keep" } as const;
  const fleets = data.map(({ fleet, files }) => {
    const shown = files.map(
      ({ path, lines, removed, added, cut }) =>
        `<details data-text="${dataText([fleet, path, ...lines.slice(0, 40).map(({ text }) => text)])}"><summary>${flowing(`${fleet}: ${path}`)} <span class="dim">-${removed} +${added}</span></summary><pre tabindex="0">${lines.map(({ sign, text }) => `<span class="${kinds[sign]}">${html(`${sign}${text}`)}</span>`).join("")}${cut ? '<span class="keep">(cut)</span>' : ""}</pre></details>`,
    );
    return shown.join("");
  });
  return `<h3>Boot data</h3>${fleets.join("")}`;
}

function resources(cluster: ClusterChanges): string {
  const { infrastructure } = cluster;
  const unknown = unplayed(cluster);
  if (infrastructure.resources.length + unknown.length === 0) return "";
  const { hidden } = sifted(cluster);
  const rows = (all: typeof hidden): string =>
    all
      .slice(0, MOST)
      .map((row) => {
        const { action, address, attributes, computed } = row;
        const why = resourceWhy(row);
        const named = attributes
          .map(
            ({ name, before, after }) =>
              `<li>${flowing(`${name}: ${before ?? "(none)"} -> ${after ?? "(none)"}`)}</li>`,
          )
          .join("");
        const details =
          named === ""
            ? ""
            : `<details><summary>${plural(attributes.length, "attribute")}${computed > 0 ? `, and ${computed} computed` : ""}</summary><ul>${named}</ul></details>`;
        return `<tr class="${action === "destroy" || action === "replace" ? "warning" : ""}" data-text="${dataText([address, action, why, ...attributes.map(({ name }) => name)])}"><td class="sign">${RESOURCE_SIGNS[action]}</td><td data-label="resource"><code>${flowing(address)}</code>${details}</td><td data-label="action">${html(action)}</td><td class="prose" data-label="why">${flowing(why)}</td></tr>`;
      })
      .join("");
  const table = (all: typeof hidden): string =>
    `<table class="cards"><thead><tr><th></th><th>resource</th><th>action</th><th>why</th></tr></thead><tbody>${rows(all)}</tbody></table>`;
  const { shown, hiddenText } = sifted(cluster);
  const notPlayed = unknown
    .map(({ address, text }) => `<li data-text="${dataText([address])}"><code>${flowing(address)}</code>: ${text}</li>`)
    .join("");
  const refused = infrastructure.refused
    .map(({ address, message }) => `<li class="blocked">${flowing(`${address} would be refused: ${message}`)}</li>`)
    .join("");
  return `<h3>Resources</h3>${refused === "" ? "" : `<ul>${refused}</ul>`}${notPlayed === "" ? "" : `<ul>${notPlayed}</ul>`}${shown.length > 0 ? table(shown) : ""}${hidden.length > 0 ? `<details><summary>${html(`hidden: ${hiddenText}`)}</summary>${table(hidden)}</details>` : ""}`;
}
