import { relative } from "node:path";
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
      show: ({ dir, created, kept, workflows }, terminal) => {
        for (const name of created) terminal.result(`  ${terminal.style("green", "+")} ${safeLine(name)}`);
        for (const name of kept) terminal.result(`  = ${safeLine(name)} (was there already, and was left alone)`);
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
