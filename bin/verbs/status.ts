import { status, type StatusResult } from "../../commands/status.js";
import { LightfleetError } from "../../errors/error.js";
import { showStatus } from "../render/status.js";
import { StatusScreen } from "../render/status-screen.js";
import { runVerb, type GlobalArgs } from "../run.js";

interface StatusArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly sandbox: boolean;
  readonly vms: boolean;
  readonly watch: boolean;
  readonly every: string | undefined;
}

/** The pause between looks where none is said. */
const PAUSE = "5s";

export function run(args: StatusArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const { clusters, sandbox, vms, watch } = args;
  return runVerb<StatusResult>(
    {
      name: "status",
      streams: watch,
      endless: watch,
      action: async (context, terminal) => {
        if (!watch && args.every !== undefined) throw unwatched(args.every);
        if (!watch) return status({ clusters, sandbox, vms }, context);
        const screen = new StatusScreen(terminal, vms);
        try {
          return await status(
            {
              clusters,
              sandbox,
              vms,
              watch: {
                every: args.every ?? PAUSE,
                onStatus: (clusters, trouble) => screen.show({ clusters }, trouble),
              },
            },
            context,
          );
        } finally {
          screen.close();
        }
      },
      // One line of the screen is the next prompt's. Who asks for every VM gets every VM.
      show: ({ clusters: found }, terminal) =>
        showStatus(found, terminal, vms || terminal.height === undefined ? undefined : terminal.height - 1, vms),
    },
    args,
    env,
  );
}

const unwatched = (every: string): LightfleetError =>
  new LightfleetError("'--every' is the pause of '--watch', which is not there", {
    ...{ code: "LF050", kind: "usage", hint: `look again and again with: lightfleet status --watch --every ${every}` },
  });
