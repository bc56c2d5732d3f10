import { EXIT } from "../exit-codes.js";
import { all, clusters, date, text, validateClusters } from "../options.js";
import { defineVerb } from "../verb.js";

export const check = defineVerb({
  name: "check",
  summary: "Validate capacity, resilience and limits",
  synonyms: ["validate", "lint"],
  positionals: { clusters },
  options: { all, explain: { ...text, describe: "Explain a rule, such as LF101" }, date },
  examples: [
    ["check", "exits with 1 if there are errors"],
    ["check staging", "one cluster of several"],
    ["check --explain LF101", "what the rule requires, why, and how to fix it"],
  ],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/check.js")).check(args, context),
  show: async ({ rule, clusters: checked, ...counts }, terminal) => {
    const { countText, showChecks, showRule } = await import("../render/checks.js");
    if (rule !== undefined) {
      showRule(rule, terminal);
      return;
    }
    for (const cluster of checked) showChecks(cluster, terminal);
    terminal.result(countText(counts) || "nothing was found");
  },
  exitCode: ({ errors }) => (errors > 0 ? EXIT.failed : EXIT.done),
});
