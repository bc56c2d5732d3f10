import { writeSide } from "../../commands/preview-side.js";
import { ownVersion } from "../package.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface SideArgs extends GlobalArgs {
  readonly date: string;
}

/** What `preview` starts for each side, in a process of its own. */
export function run(args: SideArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "preview-side",
      action: (context) => writeSide({ date: args.date, version: ownVersion() }, context),
      show: () => undefined,
    },
    args,
    env,
  );
}
