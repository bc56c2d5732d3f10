import { relative } from "node:path";
import { cluster, output, overwrite, text } from "../options.js";
import { safe, safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const graph = defineVerb({
  name: "graph",
  summary: "Draw fleets, services and edges of a cluster",
  document: true,
  positionals: { cluster },
  options: {
    format: { ...text, describe: "mermaid, dot or svg (default: from the file's extension)" },
    ...{ output, overwrite },
  },
  examples: [
    ["graph", "for a README"],
    ["graph -o shop.svg", "a picture with zones, VMs and a list of the edges"],
  ],
  run: async (args, context) => (await import("../../commands/graph.js")).graph(args, context),
  show: ({ graph: drawing, file }, terminal) => {
    if (file !== undefined) terminal.progress(`written to ${safeLine(relative(process.cwd(), file))}`);
    else terminal.result(safe(drawing).trimEnd());
  },
});
