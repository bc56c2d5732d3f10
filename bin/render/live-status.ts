import type { ClusterStatus, Difference } from "../../commands/status.js";
import { cut, safeLine } from "../terminal/escape.js";
import { plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Level, Section } from "./fit.js";

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
  const { id, fleets, gateways, services, differences, told } = status;
  const title = (text: string): string => terminal.style("bold", text);
  if (!status.deployed) return [{ title: `${title(id)}: not deployed`, lines: [] }];
  const vms = fleets.flatMap(({ instances }) => instances);
  const healthy = vms.filter(({ live }) => live?.healthy).length;
  const head = `${title(id)}: ${plural(fleets.length, "fleet")}, ${plural(vms.length, "VM")}, ${healthy} healthy`;
  const section = (name: string, rows: readonly Row[]): Section[] =>
    rows.length === 0 ? [] : [{ title: title(name), lines: paint(rows, terminal) }];
  const change = differences?.change ?? [];
  const drift = differences?.drift ?? [];
  return [
    { title: head, lines: [] },
    ...section("fleets", fleets.map(fleetRow)),
    ...section(
      "VMs",
      fleets.flatMap((fleet) => fleet.instances.map((instance) => instanceRow(fleet, instance))),
    ),
    ...section(
      "gateways",
      gateways.flatMap((gateway) => [gatewayRow(gateway), ...gateway.routes.map(routeRow)]),
    ),
    ...section(
      told === undefined ? "services (nothing told yet)" : `services (told at ${told})`,
      services.map(serviceRow),
    ),
    ...section("change: declared, and not deployed yet", change.map(differenceRow("busy"))),
    ...section("drift: changed outside of the program", drift.map(differenceRow("bad"))),
  ];
}

function paint(rows: readonly Row[], terminal: Terminal): Section["lines"] {
  const lines = table(
    rows.map(({ cells }) => cells.map(safeLine)),
    terminal.width - 4,
    "",
  );
  return rows.map(({ level }, i) => ({
    level,
    text: cut(`  ${terminal.style(STYLES[level], GLYPHS[level])} `, terminal.width) + (lines[i] ?? ""),
  }));
}

function fleetRow({ id, role, machine, running, spot, zones, group, desired }: Fleet): Row {
  if (group === null || group === undefined)
    return { level: "bad", cells: [id, machine, "no autoscaling group", "", role === "control" ? "managers" : ""] };
  const spread = Object.entries(zones).map(([zone, count]) => `${zone.slice(-1)}:${count}`);
  const { healthy, template, outdated, refresh } = group;
  const going = refresh !== null && !/^(Successful|Failed|Cancelled|RollbackSuccessful)$/.test(refresh.state);
  const notes = [
    ...(role === "control" ? ["managers"] : []),
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
  cells: [id, url ?? "no load balancer", internal ? "internal" : ""],
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

function serviceRow({ id, image, replicas, running }: Service): Row {
  const count = replicas === "everywhere" ? "every VM" : `× ${replicas}`;
  if (running === undefined) return { level: "busy", cells: [id, count, "not told of", image] };
  const { state, tasks, desired, error } = running;
  const ill = ["failing", "paused", "rolled-back"].includes(state);
  return {
    level: ill ? "bad" : state !== "running" || tasks < desired ? "busy" : "good",
    cells: [id, count, `${state} ${tasks}/${desired}`, error === undefined ? image : `${image}: ${error}`],
  };
}

const differenceRow =
  (level: Level) =>
  ({ on, what, from, to }: Difference): Row => ({ level, cells: [on, what, `${from} -> ${to}`] });
