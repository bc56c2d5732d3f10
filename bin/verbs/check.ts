import { check } from "../../commands/check.js";
import { EXIT } from "../exit-codes.js";
import { countText, showChecks, showRule } from "../render/checks.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface CheckArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly explain: string | undefined;
  readonly date: string | undefined;
}

export function run(args: CheckArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "check",
      action: (context) => check(args, context),
      show: ({ rule, clusters, ...counts }, terminal) => {
        if (rule !== undefined) {
          showRule(rule, terminal);
          return;
        }
        for (const cluster of clusters) showChecks(cluster, terminal);
        terminal.result(countText(counts) || "nothing was found");
      },
      exitCode: ({ errors }) => (errors > 0 ? EXIT.failed : EXIT.done),
    },
    args,
    env,
  );
}
