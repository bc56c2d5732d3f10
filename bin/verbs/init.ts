import { basename, relative } from "node:path";
import { initProject } from "../../commands/init.js";
import { ownVersion } from "../package.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

interface InitArgs extends GlobalArgs {
  readonly dir: string;
}

export function run(args: InitArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "init",
      action: (context) => initProject({ dir: args.dir, version: ownVersion() }, context),
      show: ({ dir, name, created, kept, added, advice, workflows }, terminal) => {
        for (const file of created) terminal.result(`  ${terminal.style("green", "+")} ${safeLine(file)}`);
        for (const file of kept) {
          const more = file === "package.json" && added.length > 0 ? `added ${added.join(", ")}` : "kept";
          terminal.result(`  = ${safeLine(file)} (exists, ${more})`);
        }
        for (const text of advice) terminal.result(`note: ${safeLine(text)}`);
        if (name !== basename(dir))
          terminal.result(
            `the cluster is called '${name}': ids are lower case letters, digits and '-', and begin with a letter`,
          );
        if (relative(dir, workflows).startsWith(".."))
          terminal.result(`workflows are in ${safeLine(workflows)}: GitHub reads those at a repository's top alone`);
        const folder = safeLine(relative(process.cwd(), dir));
        terminal.result("next:");
        if (folder !== "") terminal.result(`  cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`);
        for (const line of ["npm install", "npx lightfleet deploy --sandbox", "npm test"]) terminal.result(`  ${line}`);
      },
    },
    args,
    env,
  );
}
