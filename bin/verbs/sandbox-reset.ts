import { resetSandbox } from "../../commands/sandbox-reset.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

interface ResetArgs extends GlobalArgs {
  readonly cluster: string | undefined;
}

export function run(args: ResetArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "sandbox reset",
      action: (context) => resetSandbox(args.cluster, context),
      show: ({ cluster, existed }, terminal) => {
        if (!existed) terminal.result("the sandbox was empty already");
        else
          terminal.result(cluster === null ? "the sandbox is empty" : `the sandbox has forgotten ${safeLine(cluster)}`);
      },
    },
    args,
    env,
  );
}
