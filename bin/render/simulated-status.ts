import type { ClusterStatus } from "../../commands/status.js";
import { safeLine } from "../terminal/escape.js";
import { plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Section } from "./fit.js";
import { shortImage } from "./images-of.js";

type Fleet = ClusterStatus["fleets"][number];
type Service = ClusterStatus["services"][number];
type Rows = readonly (readonly string[])[];

/** A cluster in the sandbox, as sections of a screen. */
export function simulatedSections(status: ClusterStatus, { width, style }: Terminal, vms: boolean): Section[] {
  const { id, deployed, fleets, gateways, services, differences } = status;
  const title = (text: string): string => style("bold", text);
  const lines = (rows: Rows, indent = "  "): Section["lines"] =>
    table(
      rows.map((row) => row.map(safeLine)),
      width,
      indent,
    ).map((text) => ({ level: "good", text }));
  const section = (name: string, shown: Section["lines"]): Section[] =>
    shown.length === 0 ? [] : [{ title: title(name), lines: shown }];
  const instances = fleets.flatMap((fleet) => fleet.instances.map((instance) => ({ fleet, instance })));
  const vmCount = fleets.reduce((sum, { running }) => sum + running, 0);
  const head = `${plural(fleets.length, "fleet")}, ${plural(vmCount, "VM")}`;
  const placed = services.some(({ running }) => running !== undefined);
  const how = placed ? "simulated: where the planner puts them, no container runs" : "as declared";
  const change = differences?.change ?? [];
  return [
    { title: `${title(id)}: ${deployed ? head : "not deployed"}`, lines: [] },
    ...section("fleets", lines(fleets.map(fleetRow))),
    ...section(
      "VMs",
      lines(
        (vms ? instances : []).map(({ fleet, instance: { zone, privateAddress, machine, lifecycle, ...one } }) => [
          ...[one.id, fleet.id, zone, privateAddress, machine, lifecycle === "spot" ? "spot" : ""],
        ]),
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
    ...section(`services (${how})`, lines(fitting(services, width))),
    ...section(
      "change: declared at the last synth, and not deployed yet",
      lines(change.map(({ on, what, from, to }) => [on, what, `${from} -> ${to}`])),
    ),
  ];
}

function fleetRow({ id, role, machine, running, desired, zones, spot }: Fleet): string[] {
  const spread = Object.entries(zones).map(([zone, count]) => `${zone}:${count}`);
  const bought = spot > 0 ? ` (${spot} spot)` : "";
  return [
    id,
    machine,
    `${running}/${desired} running${bought}`,
    spread.join(" "),
    role === "control" ? "managers" : "",
  ];
}

/** Rows of services with as much as there is room for: the state stays, places, images in full and fleets may go. */
function fitting(services: readonly Service[], width: number): Rows {
  const variants = [
    services.map((service) => [...stateOf(service), service.image, `on ${service.on.join(", ")}`, placesOf(service)]),
    services.map((service) => [...stateOf(service), shortImage(service.image), placesOf(service)]),
    services.map((service) => [...stateOf(service), shortImage(service.image)]),
  ];
  const fits = (rows: Rows): boolean => table(rows, Infinity).every(({ length }) => length <= width);
  return variants.find(fits) ?? variants.at(-1) ?? [];
}

function stateOf({ id, replicas, running }: Service): string[] {
  const count = replicas === "everywhere" ? "every VM" : `× ${replicas}`;
  return [id, count, ...(running === undefined ? [] : [`${running.state} ${running.tasks}/${running.desired}`])];
}

const placesOf = ({ running }: Service): string =>
  Object.entries(running?.places ?? {})
    .map(([vm, tasks]) => (tasks === 1 ? vm : `${vm} × ${tasks}`))
    .join(" ");
