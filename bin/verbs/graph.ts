import { relative } from "node:path";
import { graph } from "../../commands/graph.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safe, safeLine } from "../terminal/escape.js";

interface GraphArgs extends GlobalArgs {
  readonly cluster: string | undefined;
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly overwrite: boolean;
}

export function run(args: GraphArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "graph",
      document: true,
      action: (context) => graph(args, context),
      show: ({ graph: text, file }, terminal) => {
        if (file !== undefined) terminal.progress(`written to ${safeLine(relative(process.cwd(), file))}`);
        else terminal.result(safe(text).trimEnd());
      },
    },
    args,
    env,
  );
}
