import { race, ratioTo } from "../harness.mjs";
import { ratio, ratioTable, target } from "../report.mjs";
import { cli, program } from "../workshop.mjs";

const node = process.execPath;

export const name = "help";

/** What it costs to start the CLI at all. */
export async function run({ runs, log }) {
  const floor = "node -e 0";
  const times = await race(
    [
      { name: floor, argv: [node, "-e", "0"] },
      { name: "yargs alone, one command, --help", argv: [node, program("yargs-hello.mjs")] },
      { name: "lightfleet --help", argv: [node, cli, "--help"] },
      { name: "lightfleet --version", argv: [node, cli, "--version"] },
    ],
    { runs: Math.max(runs, 9), log },
  );
  const help = ratioTo(times, "lightfleet --help", floor);
  return {
    title: "Start-up",
    text: "A fresh `lightfleet --help` beside a process that does nothing, and beside the smallest program on the same argument parser.",
    tables: [ratioTable(times, floor)],
    targets: [target("`lightfleet --help` < 2.5 × `node -e 0`", `${ratio(help)} ×`, help < 2.5)],
  };
}
