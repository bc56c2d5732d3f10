import { drift } from "../../commands/drift.js";
import { EXIT } from "../exit-codes.js";
import { showDrift } from "../render/drift.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface DriftArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly sandbox: boolean;
}

export function run(args: DriftArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "drift",
      action: (context) => drift(args, context),
      show: ({ clusters }, terminal) => clusters.forEach((cluster) => showDrift(cluster, terminal)),
      exitCode: (result) => (result.drift ? EXIT.changes : EXIT.done),
    },
    args,
    env,
  );
}
