import type { ClusterStatus, Difference } from "../../commands/status.js";
import { safeLine } from "../terminal/escape.js";
import { plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Level, Section } from "./fit.js";
import { imageOf, shortImage } from "./images-of.js";

type Fleet = ClusterStatus["fleets"][number];
type Instance = Fleet["instances"][number];
type Route = ClusterStatus["gateways"][number]["routes"][number];
type Service = ClusterStatus["services"][number];
interface Row {
  readonly level: Level;
  readonly cells: readonly string[];
}

/** A shape beside the colour, for eyes and terminals that tell no colours apart. */
const GLYPHS: Readonly<Record<Level, string>> = { good: "●", busy: "◐", bad: "✖" };
const STYLES = { good: "green", busy: "yellow", bad: "red" } as const;

/** A cluster in an account, as sections of a screen. */
export function liveSections(status: ClusterStatus, terminal: Terminal): Section[] {
  const { id, fleets, gateways, services, differences, told, untold } = status;
  const title = (text: string): string => terminal.style("bold", text);
  if (!status.deployed) return [{ title: `${title(id)}: not deployed`, lines: [] }];
  const vms = fleets.flatMap(({ instances }) => instances);
  const healthy = vms.filter(({ live }) => live?.healthy).length;
  const head = `${title(id)}: ${plural(fleets.length, "fleet")}, ${plural(vms.length, "VM")}, ${healthy} healthy`;
  const section = (name: string, ...variants: readonly Row[][]): Section[] =>
    variants[0]?.length === 0 ? [] : [{ title: title(name), lines: paint(variants, terminal) }];
  const change = differences?.change ?? [];
  const drift = differences?.drift ?? [];
  const known = differences?.drift !== null;
  const why = safeLine(differences?.unread ?? "'lightfleet diff' prepares it");
  return [
    { title: head, lines: [] },
    // Machine, template, zones: what is done with them is told in the last column.
    ...section("fleets", ...narrower(fleets.map(fleetRow), [1, 5, 4])),
    ...section(
      "VMs",
      // Machine, address, zone.
      ...narrower(
        fleets.flatMap((fleet) => fleet.instances.map((instance) => instanceRow(fleet, instance))),
        [4, 3, 2],
      ),
    ),
    ...section(
      "nodes of the swarm with a problem",
      (status.problems ?? []).map(({ node, what }): Row => ({ level: "bad", cells: [node, what] })),
    ),
    ...section(
      "gateways",
      gateways.flatMap((gateway) => [gatewayRow(gateway), ...gateway.routes.map(routeRow)]),
    ),
    ...section(
      told === undefined ? `services (${safeLine(untold ?? "nothing told yet")})` : `services (told at ${told})`,
      services.map((service) => serviceRow(service, imageOf(service))),
      services.map((service) => serviceRow(service, shortImage(imageOf(service)))),
    ),
    ...section(
      known
        ? "change: declared at the last synth, and not deployed yet"
        : "what was declared at the last synth differs from what is there",
      change.map(differenceRow("busy")),
    ),
    ...section("drift: changed outside of the program", drift.map(differenceRow("bad"))),
    ...(known ? [] : [{ title: `drift: not known here (${why})`, lines: [] }]),
  ];
}

/** Rows, and the same with ever fewer columns: what may go first is named first. */
function narrower(rows: readonly Row[], columns: readonly number[]): Row[][] {
  return Array.from({ length: columns.length + 1 }, (_, gone) => {
    const left = new Set(columns.slice(0, gone));
    return rows.map(({ level, cells }) => ({ level, cells: cells.filter((_cell, i) => !left.has(i)) }));
  });
}

/** Paints the first variant that the terminal has room for, else the last. */
function paint(variants: readonly Row[][], terminal: Terminal): Section["lines"] {
  const width = terminal.width - 4;
  const [rows = [], ...others] = variants;
  const cells = rows.map((row) => row.cells.map(safeLine));
  if (others.length > 0 && table(cells, Infinity, "").some(({ length }) => length > width))
    return paint(others, terminal);
  const lines = table(cells, width, "");
  return rows.map(({ level }, i) => ({
    level,
    text: `  ${terminal.style(STYLES[level], GLYPHS[level])} ${lines[i] ?? ""}`,
  }));
}

function fleetRow({ id, role, machine, running, spot, zones, group, desired, declared }: Fleet): Row {
  if (group === null || group === undefined)
    return { level: "bad", cells: [id, machine, "no autoscaling group", "", role === "control" ? "managers" : ""] };
  const spread = Object.entries(zones).map(([zone, count]) => `${zone.slice(-1)}:${count}`);
  const { healthy, template, outdated, refresh } = group;
  const going = refresh !== null && !/^(Successful|Failed|Cancelled|RollbackSuccessful)$/.test(refresh.state);
  const notes = [
    ...(role === "control" ? ["managers"] : []),
    ...(declared === false ? ["not in the program"] : []),
    ...(spot > 0 ? [`${spot} spot`] : []),
    ...(desired === group.desired ? [] : [`${desired} declared`]),
    ...(outdated > 0 ? [`${outdated} of another template`] : []),
    ...(refresh === null ? [] : [`refresh ${refresh.state} ${refresh.percent} %`]),
    ...(refresh?.reason !== undefined && !going ? [refresh.reason] : []),
  ];
  const lacks = healthy < group.desired;
  const failed = refresh !== null && /^(Failed|Cancelled|Rollback)/.test(refresh.state);
  return {
    level: failed || (lacks && healthy === 0) ? "bad" : lacks || going || outdated > 0 ? "busy" : "good",
    cells: [
      ...[id, machine, `${running}/${group.desired} running`, `${healthy} healthy`, spread.join(" ")],
      ...[template === null ? "" : `template ${template}`, notes.join(", ")],
    ],
  };
}

function instanceRow(fleet: Fleet, { id, zone, privateAddress, machine, lifecycle, live }: Instance): Row {
  const old = live?.template !== fleet.group?.template;
  const coming = live !== undefined && live.state !== "InService";
  const level = live?.healthy ? (old ? "busy" : "good") : coming ? "busy" : "bad";
  const health = live?.healthy ? "healthy" : coming ? "" : "unhealthy";
  const template = old && live?.template ? `template ${live.template}` : "";
  const how = [live?.state ?? "", health, template, lifecycle === "spot" ? "spot" : ""];
  return { level, cells: [id, fleet.id, zone, privateAddress, machine, how.filter(Boolean).join(", ")] };
}

const gatewayRow = ({ id, url, internal }: ClusterStatus["gateways"][number]): Row => ({
  level: url === null ? "bad" : "good",
  cells: [id, `${url ?? "no load balancer"}${internal ? "  internal" : ""}`],
});

function routeRow({ path, service, port, health }: Route): Row {
  if (health === undefined) return { level: "good", cells: [`  ${path}`, `${service}:${port}`] };
  const { healthy, unhealthy, other, reasons } = health;
  const counts = [
    `${healthy} healthy`,
    ...(unhealthy > 0 ? [`${unhealthy} unhealthy`] : []),
    ...(other > 0 ? [`${other} coming or going`] : []),
  ];
  return {
    level: healthy === 0 && unhealthy > 0 ? "bad" : unhealthy + other > 0 || healthy === 0 ? "busy" : "good",
    cells: [`  ${path}`, `${service}:${port}`, [counts.join(", "), ...reasons].join("; ")],
  };
}

function serviceRow({ id, replicas, running }: Service, image: string): Row {
  const count = replicas === "everywhere" ? "every VM" : `× ${replicas}`;
  if (running === undefined) return { level: "busy", cells: [id, count, "not told of", image] };
  const { state, tasks, desired, error } = running;
  const ill = ["failing", "paused", "rolled-back"].includes(state);
  return {
    level: ill ? "bad" : state !== "running" || tasks < desired ? "busy" : "good",
    cells: [id, count, `${state} ${tasks}/${desired}`, error === undefined ? image : `${error} (${image})`],
  };
}

const differenceRow =
  (level: Level) =>
  ({ on, what, from, to }: Difference): Row => ({ level, cells: [on, what, `${from} -> ${to}`] });
