import { basename, relative } from "node:path";
import type { InitResult } from "../../commands/init.js";
import { ownVersion } from "../package.js";
import { safeLine } from "../terminal/escape.js";
import type { Terminal } from "../terminal/terminal.js";
import { defineVerb } from "../verb.js";

export const init = defineVerb({
  name: "init",
  summary: "Create a project",
  synonyms: ["new"],
  positionals: { dir: { type: "string", default: ".", describe: "Folder of the project" } },
  examples: [["init shop", "in a new folder 'shop'; existing files stay as they are"]],
  run: async ({ dir }, context) =>
    (await import("../../commands/init.js")).initProject({ dir, version: ownVersion() }, context),
  show: (result, terminal) => {
    showFiles(result, terminal);
    showNotes(result, terminal);
    showNextSteps(result.dir, terminal);
  },
});

function showFiles({ created, kept, added }: InitResult, terminal: Terminal): void {
  for (const file of created) terminal.result(`  ${terminal.style("green", "+")} ${safeLine(file)}`);
  for (const file of kept) {
    const more = file === "package.json" && added.length > 0 ? `added ${added.join(", ")}` : "kept";
    terminal.result(`  = ${safeLine(file)} (exists, ${more})`);
  }
}

function showNotes({ dir, name, advice, workflows }: InitResult, terminal: Terminal): void {
  for (const line of advice) terminal.result(`note: ${safeLine(line)}`);
  if (name !== basename(dir))
    terminal.result(
      `note: the cluster is called '${name}': ids are lower case letters, digits and '-', and begin with a letter`,
    );
  if (relative(dir, workflows).startsWith(".."))
    terminal.result(
      `note: workflows are in ${safeLine(workflows)}: GitHub only reads those at the top of a repository`,
    );
}

function showNextSteps(dir: string, terminal: Terminal): void {
  const folder = safeLine(relative(process.cwd(), dir));
  terminal.result("next:");
  if (folder !== "") terminal.result(`  cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`);
  for (const line of ["npm install", "npx lightfleet deploy --sandbox", "npm test"]) terminal.result(`  ${line}`);
}
