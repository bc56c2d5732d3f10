import type { ClusterStatus } from "../../commands/status.js";
import { safeLine } from "../terminal/escape.js";
import { plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import { fit, type Section } from "./fit.js";
import { liveSections } from "./live-status.js";

/** What is there of a cluster, beside what was declared. */
export function showStatus(status: ClusterStatus, terminal: Terminal): void {
  fit(statusSections(status, terminal), undefined).forEach((line) => terminal.result(line));
}

/** The same, as parts of a screen. */
export function statusSections(status: ClusterStatus, terminal: Terminal): Section[] {
  if (!status.simulated) return liveSections(status, terminal);
  const lines: string[] = [];
  showSimulated(status, terminal, (line) => lines.push(line));
  return [{ title: lines[0] ?? "", lines: lines.slice(1).map((text) => ({ level: "good", text })) }];
}

function showSimulated(status: ClusterStatus, terminal: Terminal, say: (line: string) => void): void {
  const { id, deployed, objects, fleets, gateways, services } = status;
  const out = (rows: readonly (readonly string[])[]): void =>
    table(
      rows.map((row) => row.map(safeLine)),
      terminal.width,
    ).forEach((line) => say(line));
  const title = (text: string): void => say(terminal.style("bold", text));

  say(`${terminal.style("bold", id)}: ${deployed ? plural(objects, "object") : "not deployed"}`);
  if (fleets.length > 0) title("fleets");
  out(
    fleets.map((fleet) => {
      const zones = Object.entries(fleet.zones).map(([zone, count]) => `${zone}:${count}`);
      const spot = fleet.spot > 0 ? ` (${fleet.spot} spot)` : "";
      const role = fleet.role === "control" ? "managers" : "";
      return [fleet.id, fleet.machine, `${fleet.running}/${fleet.desired} running${spot}`, zones.join(" "), role];
    }),
  );
  if (gateways.length > 0) title("gateways");
  for (const gateway of gateways) {
    out([[gateway.id, gateway.url ?? "(no load balancer)", gateway.internal ? "internal" : ""]]);
    const routes = gateway.routes.map(({ path, service, port, targets }) => [
      ...[path, `${service}:${port}`, plural(targets.length, "VM")],
    ]);
    table(
      routes.map((row) => row.map(safeLine)),
      terminal.width,
      "    ",
    ).forEach((line) => say(line));
  }
  const placed = services.some(({ running }) => running !== undefined);
  const how = "simulated: where the planner puts them, no container runs";
  if (services.length > 0) title(`services (${placed ? how : "as declared"})`);
  out(
    services.map(({ id: service, replicas, image, on, running }) => {
      const count = replicas === "everywhere" ? "every VM" : `× ${replicas}`;
      const places = Object.entries(running?.places ?? {}).map(([vm, tasks]) =>
        tasks === 1 ? vm : `${vm} × ${tasks}`,
      );
      const state =
        running === undefined ? [] : [`${running.state} ${running.tasks}/${running.desired}`, places.join(" ")];
      return [service, count, `on ${on.join(", ")}`, image, ...state];
    }),
  );
}
