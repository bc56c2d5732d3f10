import { region, text } from "../options.js";
import { plural } from "../terminal/table.js";
import { defineVerb } from "../verb.js";

export const catalogUpdate = defineVerb({
  name: "catalog update",
  summary: "Look up which zones offer the program's machine types",
  options: { region, source: { ...text, describe: "In a checkout of Lightfleet: source of the facts" } },
  examples: [["catalog update", "update lightfleet.lock.json, which the checks read"]],
  run: async (args, context) => (await import("../../commands/catalog-update.js")).catalogUpdate(args, context),
  show: ({ file, changed, types }, terminal) =>
    terminal.result(`${plural(types, "machine type")} in ${file}: ${changed ? "updated, commit it" : "up to date"}`),
});
