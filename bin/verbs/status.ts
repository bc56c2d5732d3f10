import { status } from "../../commands/status.js";
import { showStatus } from "../render/status.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface StatusArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly sandbox: boolean;
}

export function run(args: StatusArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "status",
      action: (context) => status(args, context),
      show: ({ clusters }, terminal) => clusters.forEach((cluster) => showStatus(cluster, terminal)),
    },
    args,
    env,
  );
}
