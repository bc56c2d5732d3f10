import { flag, text } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const comment = defineVerb({
  name: "comment",
  summary: "Post a preview to a pull request, from CI",
  options: {
    from: { ...text, describe: "File that 'preview --format json' wrote" },
    artifact: { ...text, describe: "Artifact with that file, of the run that triggered this workflow" },
    pr: { type: "number", requiresArg: true, describe: "Number of the pull or merge request" },
    sha: { ...text, describe: "Commit that the pull request must be at" },
    "summary-only": { ...flag, describe: "Write the step summary only" },
  },
  examples: [["comment --from preview.json --sha $HEAD_SHA", "one comment a cluster, edited in place"]],
  run: async (args, context) => (await import("../../commands/comment.js")).comment(args, context),
  show: ({ verdict, comments }, terminal) => {
    terminal.result(`verdict: ${verdict}`);
    for (const { cluster, posted } of comments) terminal.result(`${safeLine(cluster)}: ${posted}`);
  },
});
