import { diff } from "../../commands/diff.js";
import { EXIT } from "../exit-codes.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface DiffArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly sandbox: boolean;
}

export function run(args: DiffArgs, env: NodeJS.ProcessEnv): Promise<number> {
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
