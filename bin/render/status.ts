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
  if (services.length > 0) title("services (as declared)");
  out(
    services.map(({ id: service, replicas, image, on }) => {
      const count = replicas === "everywhere" ? "every VM" : `× ${replicas}`;
      return [service, count, `on ${on.join(", ")}`, image];
    }),
  );
}
