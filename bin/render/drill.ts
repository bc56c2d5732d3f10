import type { Drill, DrilledService } from "../../commands/drill.js";
import { safeLine } from "../terminal/escape.js";
import { duration, plural, table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

/** Drills that are shown whole; of more, one line each. */
const WHOLE = 3;
/** Moves that are named. */
const NAMED = 4;

/** What became of each drill. Of many, the first are shown whole: they are the worst. */
export function showDrills(drills: readonly Drill[], terminal: Terminal): void {
  for (const drill of drills.slice(0, WHOLE)) showDrill(drill, terminal);
  const rest = drills.slice(WHOLE).map(({ scenario, services, holds }) => {
    const down = services.filter((service) => service.down).length;
    return [
      scenario,
      holds ? "holds" : "DOES NOT HOLD",
      plural(services.length, "service"),
      `${down} down for a while`,
    ];
  });
  for (const line of table(
    rest.map((row) => row.map(safeLine)),
    terminal.width,
  ))
    terminal.result(line);
}

function showDrill({ scenario, holds, lost, services }: Drill, terminal: Terminal): void {
  const vms = lost.length === 0 ? "" : ` (${plural(lost.length, "VM")})`;
  const end = holds
    ? terminal.style("green", services.length === 0 ? "nothing happens" : "everything still runs")
    : terminal.style("red", "not everything runs");
  terminal.result(`  ${terminal.style("bold", safeLine(scenario))}${vms}: ${end}`);
  if (services.length === 0) return;
  const rows = [["service", "before", "after", "no VM", "short for", "moves"], ...services.map(row)];
  const lines = table(
    rows.map((cells) => cells.map(safeLine)),
    terminal.width,
    "    ",
  );
  for (const line of lines) terminal.result(line);
}

function row(service: DrilledService): string[] {
  const { before, after, stranded, shortSeconds, down } = service;
  const short =
    shortSeconds === null ? "until there is room" : shortSeconds === 0 ? "-" : duration(shortSeconds * 1_000);
  return [
    service.service,
    String(before),
    String(after),
    stranded === 0 ? "-" : String(stranded),
    down ? `${short}, down` : short,
    moves(service),
  ];
}

function moves({ from, to }: DrilledService): string {
  const count = Math.max(from.length, to.length);
  const texts = Array.from({ length: Math.min(count, NAMED) }, (_, index) => {
    if (from[index] === undefined) return `+ ${to[index]}`;
    return `${from[index]} → ${to[index] ?? "nowhere"}`;
  });
  return `${texts.join(", ")}${count > NAMED ? `, and ${count - NAMED} more` : ""}`;
}
