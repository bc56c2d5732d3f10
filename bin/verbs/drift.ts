import { EXIT } from "../exit-codes.js";
import { all, clusters, sandbox, validateClusters } from "../options.js";
import { defineVerb } from "../verb.js";

export const drift = defineVerb({
  name: "drift",
  summary: "Show what was changed outside of the program",
  positionals: { clusters },
  options: { all, sandbox },
  examples: [["drift", "exits with 0 if everything is as declared, with 2 if not"]],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/drift.js")).drift(args, context),
  show: async (result, terminal) => {
    const { showDrift } = await import("../render/drift.js");
    for (const cluster of result.clusters) showDrift(cluster, terminal);
  },
  exitCode: (result) => (result.drift ? EXIT.changes : EXIT.done),
});
