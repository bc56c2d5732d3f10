import { outputs, type OutputsOptions } from "../../commands/outputs.js";
import { showOutputs } from "../render/outputs.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

export function run(args: GlobalArgs & OutputsOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "outputs",
      action: (context) => outputs(args, context),
      show: ({ clusters }, terminal) => {
        for (const { id, outputs: found } of clusters) {
          if (clusters.length > 1) terminal.result(terminal.style("bold", safeLine(id)));
          if (Object.keys(found).length === 0) terminal.result(`${safeLine(id)}: not deployed`);
          showOutputs(found, terminal);
        }
      },
    },
    args,
    env,
  );
}
