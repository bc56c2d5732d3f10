import { comment } from "../../commands/comment.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

interface CommentArgs extends GlobalArgs {
  readonly from: string | undefined;
  readonly artifact: string | undefined;
  readonly pr: number | undefined;
  readonly sha: string | undefined;
  readonly summaryOnly: boolean;
}

export function run(args: CommentArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "comment",
      action: (context) => comment(args, context),
      show: ({ verdict, comments }, terminal) => {
        terminal.result(`verdict: ${verdict}`);
        for (const { cluster, posted } of comments) terminal.result(`${safeLine(cluster)}: ${posted}`);
      },
    },
    args,
    env,
  );
}
