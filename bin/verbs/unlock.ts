import { cluster, yes } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const unlock = defineVerb({
  name: "unlock",
  summary: "Release a stale state lock",
  positionals: {
    lock: { type: "string", demandOption: true, describe: "Lock ID from the error message" },
    cluster,
  },
  options: { yes },
  examples: [["unlock 6d1e5b9a-0f4c-… shop", "make sure first that the run which holds it is dead"]],
  run: async (args, context) => (await import("../../commands/unlock.js")).unlock(args, context),
  show: (result, terminal) => terminal.result(`${safeLine(result.cluster)}: lock released`),
});
