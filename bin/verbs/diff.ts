import { diff, type DiffOptions } from "../../commands/diff.js";
import { EXIT } from "../exit-codes.js";
import { runVerb, type GlobalArgs } from "../run.js";

export function run(args: GlobalArgs & DiffOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "diff",
      action: (context) => diff(args, context),
      // The plans were shown as they came.
      show: () => undefined,
      exitCode: ({ changes }) => (changes ? EXIT.changes : EXIT.done),
    },
    args,
    env,
  );
}
