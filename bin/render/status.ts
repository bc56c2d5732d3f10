import type { ClusterStatus } from "../../commands/status.js";
import { safeLine } from "../terminal/escape.js";
import { plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import { fit, type Section } from "./fit.js";
import { liveSections } from "./live-status.js";

/** What is there of clusters, beside what was declared: all of it, or what a screen of `height` lines has room for. */
export function showStatus(clusters: readonly ClusterStatus[], terminal: Terminal, height?: number): void {
  const sections = clusters.flatMap((status) => statusSections(status, terminal));
  fit(sections, height).forEach((line) => terminal.result(line));
}

/** The same of one cluster, as parts of a screen. */
export function statusSections(status: ClusterStatus, terminal: Terminal): Section[] {
  return status.simulated ? simulatedSections(status, terminal) : liveSections(status, terminal);
}

function simulatedSections(status: ClusterStatus, { width, style }: Terminal): Section[] {
  const { id, deployed, objects, fleets, gateways, services } = status;
  const title = (text: string): string => style("bold", text);
  const lines = (rows: readonly (readonly string[])[], indent?: string): Section["lines"] =>
    table(
      rows.map((row) => row.map(safeLine)),
      width,
      indent,
    ).map((text) => ({ level: "good", text }));
  const section = (name: string, shown: Section["lines"]): Section[] =>
    shown.length === 0 ? [] : [{ title: title(name), lines: shown }];
  const placed = services.some(({ running }) => running !== undefined);
  const how = placed ? "simulated: where the planner puts them, no container runs" : "as declared";
  return [
    { title: `${title(id)}: ${deployed ? plural(objects, "object") : "not deployed"}`, lines: [] },
    ...section(
      "fleets",
      lines(
        fleets.map((fleet) => {
          const zones = Object.entries(fleet.zones).map(([zone, count]) => `${zone}:${count}`);
          const spot = fleet.spot > 0 ? ` (${fleet.spot} spot)` : "";
          const role = fleet.role === "control" ? "managers" : "";
          return [fleet.id, fleet.machine, `${fleet.running}/${fleet.desired} running${spot}`, zones.join(" "), role];
        }),
      ),
    ),
    ...section(
      "gateways",
      gateways.flatMap((gateway) => [
        ...lines([[gateway.id, gateway.url ?? "(no load balancer)", gateway.internal ? "internal" : ""]]),
        ...lines(
          gateway.routes.map(({ path, service, port, targets }) => [
            ...[path, `${service}:${port}`, plural(targets.length, "VM")],
          ]),
          "    ",
        ),
      ]),
    ),
    ...section(`services (${how})`, lines(services.map(simulatedService))),
  ];
}

function simulatedService({ id, replicas, image, on, running }: ClusterStatus["services"][number]): string[] {
  const count = replicas === "everywhere" ? "every VM" : `× ${replicas}`;
  const places = Object.entries(running?.places ?? {}).map(([vm, tasks]) => (tasks === 1 ? vm : `${vm} × ${tasks}`));
  const state = running === undefined ? [] : [`${running.state} ${running.tasks}/${running.desired}`, places.join(" ")];
  return [id, count, `on ${on.join(", ")}`, image, ...state];
}
