import { EXIT } from "../exit-codes.js";
import { all, allowDuplicate, clusters, sandbox, target, text, validateClusters } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const diff = defineVerb({
  name: "diff",
  summary: "Show what a deploy would change",
  synonyms: ["plan"],
  positionals: { clusters },
  options: {
    ...{ all, sandbox, target },
    "allow-duplicate": allowDuplicate,
    plan: { ...text, describe: "Write the plan to this file, to review and apply it later" },
  },
  examples: [
    ["diff --sandbox", "exits with 0 if nothing would change, with 2 if something would"],
    ["diff --plan shop.plan", "then 'deploy --plan shop.plan' applies exactly that"],
  ],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/diff.js")).diff(args, context),
  // The plans were shown as they came.
  show: (_, terminal, { plan }) => {
    if (plan === undefined) return;
    const file = safeLine(plan);
    terminal.result(`written to ${file}; 'lightfleet deploy --plan ${file}' applies exactly that`);
  },
  exitCode: ({ changes }) => (changes ? EXIT.changes : EXIT.done),
});
