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
        for (const cluster of clusters) terminal.result(safeLine(line(cluster)));
      },
    },
    args,
    env,
  );
}

function line({ id, state, bucket, changed, from }: BootstrappedCluster): string {
  const parts = [
    BUCKET[bucket],
    ...(changed.length === 0 ? [] : [`it was changed there: ${changed.join(", ")}`]),
    ...(from === undefined
      ? []
      : [`the state from ${from} is there now${from.startsWith("s3:") ? ", and kept where it was" : ""}`]),
  ];
  return `${id}: state in ${state}; ${parts.join("; ")}`;
}
