import type { ClusterStatus } from "../../commands/status.js";
import { safeLine } from "../terminal/escape.js";
import { plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

/** What is there of a cluster, beside what was declared. */
export function showStatus(status: ClusterStatus, terminal: Terminal): void {
  const { id, deployed, objects, fleets, gateways, services } = status;
  const out = (rows: readonly (readonly string[])[]): void =>
    table(
      rows.map((row) => row.map(safeLine)),
      terminal.width,
    ).forEach((line) => terminal.result(line));
  const title = (text: string): void => terminal.result(terminal.style("bold", text));

  terminal.result(`${terminal.style("bold", id)}: ${deployed ? plural(objects, "object") : "not deployed"}`);
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
    ).forEach((line) => terminal.result(line));
  }
  const placed = services.some(({ running }) => running !== undefined);
  const how = status.simulated ? "simulated: where the planner puts them, no container runs" : "as their managers tell";
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
