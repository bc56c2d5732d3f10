import { relative } from "node:path";
import type { ChangeList } from "../../commands/preview.js";
import { EXIT } from "../exit-codes.js";
import { all, clusters, date, flag, output, overwrite, text, texts, validateClusters } from "../options.js";
import { ownVersion } from "../package.js";
import { safe, safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const preview = defineVerb({
  name: "preview",
  summary: "Compare two versions and report what would change (offline)",
  document: true,
  positionals: { clusters },
  options: {
    all,
    base: { ...text, describe: "Git ref (default: where HEAD left the main branch)" },
    head: { ...text, describe: "Git ref (default: the working tree)" },
    format: { ...text, describe: "text, markdown, json or html (default: from the file's extension)" },
    ...{ overwrite, output },
    accept: { ...texts, describe: "Accept a finding of a policy, with the reason: '1a2b3c4d5e6f=agreed'" },
    date,
    "exit-code": { ...flag, describe: "Exit with 2 if something changes, with 1 if it is blocked" },
  },
  examples: [
    ["preview", "the working tree against where it left the main branch"],
    ["preview --base origin/main --format markdown -o preview.md", "for a comment"],
  ],
  validate: validateClusters,
  run: async (args, context) => {
    const { preview: compare } = await import("../../commands/preview.js");
    const {
      changes,
      text: rendered,
      file,
    } = await compare({ ...args, cli: process.argv[1] ?? "", version: ownVersion() }, context);
    return { ...changes, rendered: args.json ? undefined : rendered, file };
  },
  show: ({ rendered, file }, terminal, { format }) => {
    if (file !== undefined) terminal.progress(`written to ${safeLine(relative(process.cwd(), file))}`);
    else if (rendered !== undefined)
      terminal.result(((format ?? "text") === "text" ? safe(rendered) : rendered).trimEnd());
  },
  exitCode: (list, args) => exitCodeFor(list, args.exitCode),
});

/** A head that cannot be read has failed in any case; what it does decides only where that was asked for. */
function exitCodeFor({ verdict, head }: ChangeList, asked: boolean): number {
  if (head.state === "failed") return EXIT.failed;
  if (!asked || verdict === "unchanged") return EXIT.done;
  return verdict === "blocked" ? EXIT.failed : EXIT.changes;
}
