import { relative } from "node:path";
import { all, clusters, flag, validateClusters } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { table } from "../terminal/table.js";
import { defineVerb } from "../verb.js";

export const synth = defineVerb({
  name: "synth",
  summary: "Write Terraform JSON and the model",
  positionals: { clusters },
  options: { all, verbose: { ...flag, describe: "Show the size of each fleet's boot data" } },
  examples: [
    ["synth", "write cdktf.out"],
    ["synth --json", "list the written files as JSON"],
  ],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/synth.js")).synth({ ...args, note: true }, context),
  show: async ({ clusters: written, otherStacks, findings, bootData = [] }, terminal) => {
    for (const { id, stackFile, modelFile } of written) {
      terminal.result(`${terminal.style("bold", safeLine(id))}`);
      for (const file of [stackFile, modelFile]) terminal.result(`  ${safeLine(relative(process.cwd(), file))}`);
      const rows = bootData
        .filter(({ cluster }) => cluster === id)
        .map(({ fleet, bytes, limit }) => [`boot data of ${safeLine(fleet)}`, `${bytes} of ${limit} bytes`]);
      for (const line of table(rows, terminal.width)) terminal.result(line);
    }
    for (const name of otherStacks)
      terminal.result(`${safeLine(name)} (a plain cdktf stack: not managed by Lightfleet)`);
    const { countText } = await import("../render/checks.js");
    const count = countText(findings);
    if (count !== "") terminal.result(`${count}: run 'lightfleet check' to see them`);
  },
});
