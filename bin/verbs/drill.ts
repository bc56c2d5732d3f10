import { relative } from "node:path";
import { cluster, flag, overwrite, text, texts } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const drill = defineVerb({
  name: "drill",
  summary: "Simulate a failure, rolling replacement or scale change",
  positionals: { cluster },
  options: {
    lose: { ...texts, describe: "Lose a zone, a VM or all spot VMs: zone:a, vm:core/3, spot" },
    roll: { ...texts, describe: "Replace the VMs of a fleet one by one" },
    scale: { ...texts, describe: "Run another number of tasks: cart=40" },
    all: { ...flag, describe: "Every single failure and rolling replacement, the worst first" },
    svg: { ...text, describe: "Draw the first drill to this file" },
    overwrite,
  },
  examples: [
    ["drill --lose zone:a", "which tasks move where, and which find no VM"],
    ["drill --all", "the worst that a single failure can do"],
  ],
  run: async (args, context) => (await import("../../commands/drill.js")).runDrill(args, context),
  show: async ({ cluster: id, drills, picture }, terminal) => {
    const { showDrills } = await import("../render/drill.js");
    terminal.result(terminal.style("bold", safeLine(id)));
    showDrills(drills, terminal);
    if (picture !== undefined) terminal.result(`picture: ${safeLine(relative(process.cwd(), picture))}`);
  },
});
