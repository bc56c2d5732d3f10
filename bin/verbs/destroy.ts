import { destroy, type DestroyOptions } from "../../commands/destroy.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

export function run(args: GlobalArgs & DestroyOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "destroy",
      action: (context) => destroy(args, context),
      show: ({ clusters }, terminal) => {
        for (const { id, destroyed } of clusters)
          terminal.result(destroyed ? `${safeLine(id)} is gone` : `${safeLine(id)}: not deployed`);
      },
    },
    args,
    env,
  );
}
