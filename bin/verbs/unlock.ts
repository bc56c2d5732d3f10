import { unlock, type UnlockOptions } from "../../commands/unlock.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

export function run(args: GlobalArgs & UnlockOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "unlock",
      action: (context) => unlock(args, context),
      show: ({ cluster }, terminal) => terminal.result(`the state of ${safeLine(cluster)} is free again`),
    },
    args,
    env,
  );
}
