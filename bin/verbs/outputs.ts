import { all, clusters, flag, sandbox, validateClusters } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const outputs = defineVerb({
  name: "outputs",
  summary: "Show addresses, buckets and other outputs of clusters",
  synonyms: ["output"],
  positionals: { clusters },
  options: { all, sandbox, sensitive: { ...flag, describe: "Show sensitive values" } },
  examples: [["outputs --json", "for scripts"]],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/outputs.js")).outputs(args, context),
  show: async (result, terminal) => {
    const { showOutputs } = await import("../render/outputs.js");
    for (const { id, outputs: found } of result.clusters) {
      if (result.clusters.length > 1) terminal.result(terminal.style("bold", safeLine(id)));
      if (Object.keys(found).length === 0) terminal.result(`${safeLine(id)}: not deployed`);
      showOutputs(found, terminal);
    }
  },
});
