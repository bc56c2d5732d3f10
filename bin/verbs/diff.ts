import { diff, type DiffOptions } from "../../commands/diff.js";
import { EXIT } from "../exit-codes.js";
import { safeLine } from "../terminal/escape.js";
import { runVerb, type GlobalArgs } from "../run.js";

export function run(args: GlobalArgs & DiffOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "diff",
      action: (context) => diff(args, context),
      // The plans were shown as they came.
      show: (_, terminal) => {
        if (args.plan === undefined) return;
        const file = safeLine(args.plan);
        terminal.result(`written to ${file}; 'lightfleet deploy --plan ${file}' applies just that`);
      },
      exitCode: ({ changes }) => (changes ? EXIT.changes : EXIT.done),
    },
    args,
    env,
  );
}
