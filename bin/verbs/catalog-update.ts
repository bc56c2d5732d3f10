import { catalogUpdate, type CatalogOptions } from "../../commands/catalog-update.js";
import { plural } from "../terminal/table.js";
import { runVerb, type GlobalArgs } from "../run.js";

export function run(args: GlobalArgs & CatalogOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "catalog update",
      action: (context) => catalogUpdate(args, context),
      show: ({ file, changed, types }, terminal) =>
        terminal.result(
          `${plural(types, "machine type")} in ${file}: ${changed ? "updated, commit it" : "up to date"}`,
        ),
    },
    args,
    env,
  );
}
