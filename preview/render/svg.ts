import type { Topology } from "../schema.js";
import { plural } from "../values.js";
import { html } from "./escape.js";

/** What a change does to things, by id as in `service:cart`: the sign that stands on them. */
export type Sign = "+" | "-" | "±" | "~";
export type Signs = ReadonlyMap<string, Sign>;

const BOX = { width: 148, height: 20, gap: 4, pad: 8, head: 20 } as const;
const LEFT = 150;
const GAP = 14;

/**
 * A cluster as a picture: zones are columns, fleets rows, each VM a box with its tasks in it. Signs stand beside colours.
 * @param id is put before what is named in the document, so that two pictures may stand in one
 */
export function drawTopology({ zones, fleets, gateways }: Topology, signs: Signs = new Map(), id = "t"): string {
  const perZone = zones.map((zone) =>
    Math.max(1, ...fleets.map(({ vms }) => Math.min(columnsOf(vms.filter((vm) => vm.zone === zone).length), 3))),
  );
  const starts: number[] = [];
  let x = LEFT;
  for (const columns of perZone) {
    starts.push(x);
    x += columns * (BOX.width + GAP) + GAP;
  }
  const width = Math.max(x, 420);
  const parts: string[] = [];
  let y = 24;
  for (const gateway of gateways) {
    const label = `${gateway.id} (${gateway.internal ? "internal" : "public"}): ${gateway.routes.map(({ path, service }) => `${path} to ${service}`).join(", ")}`;
    parts.push(item(10, y, width - 20, 26, `gateway:${gateway.id}`, label, signs, "gateway"));
    y += 26 + GAP;
  }
  zones.forEach((zone, index) =>
    parts.push(`<text class="zone" x="${starts[index]}" y="${y + 4}">${html(zone)}</text>`),
  );
  y += 14;
  for (const fleet of fleets) {
    const groups = zones.map((zone) => fleet.vms.filter((vm) => vm.zone === zone));
    const heights = groups.map((vms, index) => stackHeights(vms.map(heightOf), perZone[index] ?? 1));
    const height = Math.max(56, ...heights.map((columns) => Math.max(0, ...columns)));
    const sign = signs.get(`fleet:${fleet.id}`);
    parts.push(
      `<g class="fleet${sign === undefined ? "" : ` ${classOf(sign)}`}" data-id="fleet:${html(fleet.id)}" tabindex="0"><title>${html(`fleet ${fleet.id}: ${fleet.size} of ${fleet.machine}`)}</title><rect x="6" y="${y}" width="${width - 12}" height="${height + 12}" rx="8"/>`,
    );
    parts.push(
      `<text class="name" x="16" y="${y + 22}">${html(`${sign === undefined ? "" : `${sign} `}${cut(fleet.id, 18)}`)}</text><text class="more" x="16" y="${y + 39}">${html(cut(fleet.machine, 20))}</text><text class="more" x="16" y="${y + 54}">${html(`${fleet.size} ${fleet.size === "1" ? "VM" : "VMs"}${fleet.role === "control" ? ", managers" : ""}`)}</text></g>`,
    );
    groups.forEach((vms, zone) => {
      const tops = Array.from({ length: perZone[zone] ?? 1 }, () => y + 6);
      for (const vm of vms) {
        const column = tops.indexOf(Math.min(...tops));
        parts.push(drawVm(vm, (starts[zone] ?? 0) + column * (BOX.width + GAP), tops[column] ?? y, signs));
        tops[column] = (tops[column] ?? y) + heightOf(vm) + GAP / 2;
      }
    });
    y += height + 12 + GAP;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" class="topology" id="${id}" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${html(`fleets, zones and services: ${plural(fleets.length, "fleet")} in ${plural(zones.length, "zone")}`)}">${parts.join("")}</svg>`;
}

type Vm = Topology["fleets"][number]["vms"][number];

const columnsOf = (vms: number): number => Math.max(1, Math.ceil(vms / 4));
const tasksOf = ({ tasks }: Vm): [string, number][] =>
  [...new Set(tasks)].map((service) => [service, tasks.filter((task) => task === service).length]);
const heightOf = (vm: Vm): number => BOX.head + Math.max(1, tasksOf(vm).length) * (BOX.height + BOX.gap) + BOX.pad;

function stackHeights(heights: readonly number[], columns: number): number[] {
  const tops = Array.from({ length: columns }, () => 0);
  for (const height of heights) {
    const column = tops.indexOf(Math.min(...tops));
    tops[column] = (tops[column] ?? 0) + height + GAP / 2;
  }
  return tops;
}

function drawVm(vm: Vm, x: number, y: number, signs: Signs): string {
  const tasks = tasksOf(vm).map(([service, count], index) =>
    item(
      x + 6,
      y + BOX.head + index * (BOX.height + BOX.gap),
      BOX.width - 12,
      BOX.height,
      `service:${service}`,
      count > 1 ? `${service} x ${count}` : service,
      signs,
      "task",
    ),
  );
  return `<g class="vm"><rect x="${x}" y="${y}" width="${BOX.width}" height="${heightOf(vm)}" rx="6"/><text class="more" x="${x + 7}" y="${y + 14}">${html(cut(vm.id, 22))}</text>${tasks.join("")}</g>`;
}

function item(
  x: number,
  y: number,
  width: number,
  height: number,
  id: string,
  label: string,
  signs: Signs,
  kind: string,
): string {
  const sign = signs.get(id);
  const text = cut(`${sign === undefined ? "" : `${sign} `}${label}`, Math.floor((width - 12) / 7));
  return `<g class="${kind}${sign === undefined ? "" : ` ${classOf(sign)}`}" data-id="${html(id)}" tabindex="0"><title>${html(label)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><text x="${x + 6}" y="${y + height / 2 + 4}">${html(text)}</text></g>`;
}

const classOf = (sign: Sign): string => ({ "+": "added", "-": "removed", "±": "replaced", "~": "changed" })[sign];

const cut = (text: string, most: number): string => {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join("")}…`;
};

/** Colours and letters of pictures, for light and dark. */
export const PICTURE_STYLE = `.topology text{font:12px system-ui,sans-serif;fill:var(--ink,#1f2328)}.topology .zone,.topology .name{font-weight:600}.topology .more{fill:var(--dim,#59636e);font-size:11px}.topology rect{fill:var(--paper,#fff);stroke:var(--line,#8c959f)}.topology .fleet>rect{fill:var(--band,#f6f8fa)}.topology .task rect{fill:var(--task,#eaeef2)}.topology .added>rect{stroke:#1a7f37;stroke-width:2.5}.topology .removed>rect{stroke:#cf222e;stroke-width:2.5;stroke-dasharray:6 4}.topology .replaced>rect{stroke:#cf222e;stroke-width:2.5}.topology .changed>rect{stroke:#9a6700;stroke-width:2.5}`;

/** Who talks to whom, in lines under the picture: hosts outside of the cluster, too. */
function withEdges(svg: string, { edges }: Topology): string {
  const [, size = "0"] = /height="(\d+)" role/.exec(svg) ?? [];
  if (edges.length === 0) return svg;
  const top = Number(size);
  const lines = edges.map(({ from, to, port }) => `${from} -> ${to}:${port}`);
  const texts = ["edges", ...lines].map(
    (line, i) => `<text class="${i === 0 ? "name" : "more"}" x="16" y="${top + 16 + i * 17}">${html(line)}</text>`,
  );
  const height = top + 26 + lines.length * 17;
  return svg
    .replace(/viewBox="0 0 (\d+) \d+"/, `viewBox="0 0 $1 ${height}"`)
    .replace(/height="\d+" role/, `height="${height}" role`)
    .replace("</svg>", `${texts.join("")}</svg>`);
}

/** A picture as a file of its own. */
export function svgFile(topology: Topology, signs: Signs = new Map()): string {
  const drawn = withEdges(drawTopology(topology, signs), topology);
  const style = `><style>${PICTURE_STYLE}</style><rect width="100%" height="100%" fill="#fff" stroke="none"/>`;
  return `${drawn.replace(/>/, style)}\n`;
}
