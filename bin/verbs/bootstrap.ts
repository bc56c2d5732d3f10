import { bootstrap, type BootstrapOptions, type BootstrappedCluster } from "../../commands/bootstrap.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

const BUCKET: Readonly<Record<BootstrappedCluster["bucket"], string>> = {
  made: "the bucket was made",
  there: "the bucket is there",
  none: "there is nothing to make",
};

export function run(args: GlobalArgs & BootstrapOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "bootstrap",
      action: (context) => bootstrap(args, context),
      show: ({ clusters }, terminal) => {
        for (const { id, state, bucket, moved } of clusters)
          terminal.result(
            safeLine(`${id}: state in ${state}; ${BUCKET[bucket]}${moved ? "; the local state was moved there" : ""}`),
          );
      },
    },
    args,
    env,
  );
}
