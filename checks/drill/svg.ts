import { spread } from "../../model/hash.js";
import type { Drill, DrilledVm } from "./drill.js";
import { headlineOf } from "./headline.js";

const TASK = 12;
const ROW = 8;
const VM = { width: ROW * (TASK + 2) + 14, gap: 10, head: 18 } as const;
const LEFT = 110;
const TOP = 54;

/**
 * A picture of a drill's end: fleets as rows, zones as columns, a box for each VM, a square for each task in the colour of its
 * service. What is lost is crossed out, and what has come there is framed; without colours it can still be read by the titles.
 */
export function drawDrill(drill: Drill): string {
  const zones = [...new Set(drill.vms.map(({ zone }) => zone))].sort();
  const fleets = [...new Set(drill.vms.map(({ fleet }) => fleet))];
  const most = (zone: string): number =>
    Math.max(1, ...fleets.map((fleet) => drill.vms.filter((vm) => vm.fleet === fleet && vm.zone === zone).length));
  const starts = new Map<string, number>();
  let x = LEFT;
  for (const zone of zones) {
    starts.set(zone, x);
    x += most(zone) * (VM.width + VM.gap) + VM.gap;
  }

  const parts = zones.map((zone) => label(starts.get(zone)!, TOP - 10, zone, "zone"));
  let y = TOP;
  for (const fleet of fleets) {
    const own = drill.vms.filter((vm) => vm.fleet === fleet);
    const height = Math.max(...own.map(heightOf));
    parts.push(label(10, y + VM.head, fleet, "fleet"));
    for (const zone of zones)
      own
        .filter((vm) => vm.zone === zone)
        .forEach((vm, index) => parts.push(drawVm(vm, starts.get(zone)! + index * (VM.width + VM.gap), y, height)));
    y += height + 16;
  }
  const headline = headlineOf(drill);
  const stranded = drill.services.filter((service) => service.stranded > 0);
  for (const { service, stranded: count } of stranded) {
    parts.push(label(10, y + TASK, `${service}: ${count} with no VM`, "bad"));
    y += TASK + 8;
  }
  const [width, height] = [Math.max(x, 360), y + 10];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escape(drill.scenario)}</title>
<style>text{font:12px sans-serif;fill:#222}.zone,.fleet{font-weight:bold}.bad{fill:#b00020}.vm{fill:#f6f6f6;stroke:#888}.lost{fill:#f3d6d6;stroke:#b00020}.new{stroke:#000;stroke-width:2}.cross{stroke:#b00020;stroke-width:1.5}</style>
<rect width="100%" height="100%" fill="#fff"/>
${label(10, 20, `${drill.scenario}: ${headline.text}`, headline.tone === "bad" ? "bad" : "zone")}
${parts.join("\n")}
</svg>
`;
}

const heightOf = ({ before, after }: DrilledVm): number =>
  VM.head + 8 + Math.max(1, Math.ceil(Math.max(before.length, after.length) / ROW)) * (TASK + 2);

function drawVm({ vm, lost, before, after }: DrilledVm, x: number, y: number, height: number): string {
  const left = new Map<string, number>();
  for (const service of before) left.set(service, (left.get(service) ?? 0) + 1);
  const tasks = (lost ? before : after).map((service, index) => {
    const old = left.get(service) ?? 0;
    left.set(service, old - 1);
    const at = { x: x + 7 + (index % ROW) * (TASK + 2), y: y + VM.head + 4 + Math.floor(index / ROW) * (TASK + 2) };
    const kind = old > 0 || lost ? "" : ` class="new"`;
    return `<rect x="${at.x}" y="${at.y}" width="${TASK}" height="${TASK}" fill="${colour(service)}"${kind}><title>${escape(service)}</title></rect>`;
  });
  const [right, bottom] = [x + VM.width, y + height];
  const cross = lost ? `<path class="cross" d="M${x} ${y}L${right} ${bottom}M${right} ${y}L${x} ${bottom}"/>` : "";
  return `<g><rect class="vm${lost ? " lost" : ""}" x="${x}" y="${y}" width="${VM.width}" height="${height}" rx="4"/>${label(x + 7, y + 14, vm, "name")}${tasks.join("")}${cross}</g>`;
}

const label = (x: number, y: number, text: string, kind: string): string =>
  `<text x="${x}" y="${y}" class="${kind}">${escape(text)}</text>`;

const colour = (service: string): string => `hsl(${spread(service) % 360} 60% ${45 + (spread(`l${service}`) % 25)}%)`;

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
