import { headlineOf, type Drill, type DrilledService } from "../../commands/drill.js";
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
  const rest = drills.slice(WHOLE).map((drill) => [drill.scenario, headlineOf(drill).text]);
  for (const line of table(
    rest.map((row) => row.map(safeLine)),
    terminal.width,
  ))
    terminal.result(line);
}

const COLOURS = { good: "green", fair: "yellow", bad: "red" } as const;

function showDrill(drill: Drill, terminal: Terminal): void {
  const { scenario, lost, services, managers } = drill;
  const vms = lost.length === 0 ? "" : ` (${plural(lost.length, "VM")})`;
  const { text, tone } = headlineOf(drill);
  const waits = managers.quorum === "kept" ? "until there is room" : "until managers are back";
  terminal.result(`  ${terminal.style("bold", safeLine(scenario))}${vms}: ${terminal.style(COLOURS[tone], text)}`);
  if (services.length === 0) return;
  const rows = [
    ["service", "before", "after", "no VM", "short for", "moves"],
    ...services.map((service) => row(service, waits)),
  ];
  const lines = table(
    rows.map((cells) => cells.map(safeLine)),
    terminal.width,
    "    ",
  );
  for (const line of lines) terminal.result(line);
}

/** @param waits until when a service is short of tasks where no time can be told */
function row(service: DrilledService, waits: string): string[] {
  const { before, after, stranded, shortSeconds, down } = service;
  const time = shortSeconds === 0 ? "-" : duration((shortSeconds ?? 0) * 1_000);
  const short = shortSeconds === null ? waits : time;
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
