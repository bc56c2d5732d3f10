import { all, allowDestroy, clusters, sandbox, validateClusters, yes } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const destroy = defineVerb({
  name: "destroy",
  summary: "Destroy a cluster after confirmation",
  synonyms: ["down", "rm", "delete"],
  positionals: { clusters },
  options: { all, sandbox, yes, "allow-destroy": allowDestroy },
  examples: [["destroy --sandbox --yes", "clean up without confirmation"]],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/destroy.js")).destroy(args, context),
  show: (result, terminal) => {
    for (const { id, destroyed } of result.clusters)
      terminal.result(`${safeLine(id)}: ${destroyed ? "destroyed" : "not deployed"}`);
  },
});
