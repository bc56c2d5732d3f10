import { status, type StatusResult } from "../../commands/status.js";
import { showStatus } from "../render/status.js";
import { StatusScreen } from "../render/status-screen.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface StatusArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly sandbox: boolean;
  readonly vms: boolean;
  readonly watch: boolean;
  readonly every: string;
}

export function run(args: StatusArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const { clusters, sandbox, vms, watch } = args;
  return runVerb<StatusResult>(
    {
      name: "status",
      streams: watch,
      endless: watch,
      action: async (context, terminal) => {
        if (!watch) return status({ clusters, sandbox, vms }, context);
        const screen = new StatusScreen(terminal);
        try {
          return await status(
            {
              clusters,
              sandbox,
              vms,
              watch: { every: args.every, onStatus: (result, trouble) => screen.show(result, trouble) },
            },
            context,
          );
        } finally {
          screen.close();
        }
      },
      // One line of the screen is the next prompt's. Who asks for every VM gets every VM.
      show: ({ clusters: found }, terminal) =>
        showStatus(found, terminal, vms || terminal.height === undefined ? undefined : terminal.height - 1),
    },
    args,
    env,
  );
}
