import type { Argv } from "yargs";
import type { GlobalArgs } from "./run.js";
import { withClusters } from "./with-clusters.js";

type Parser = Argv<GlobalArgs>;

const sandbox = { type: "boolean", default: false, describe: "In the embedded cloud, and not in the account" } as const;
/** Declares the verbs that are about what is kept of clusters: outputs, and the state. */
export function declareStateVerbs(
  parser: Parser,
  env: NodeJS.ProcessEnv,
  finish: (exitCode: Promise<number>) => void,
): void {
  parser.command(
    "outputs [clusters..]",
    "Show what clusters offer: addresses, the bucket, outputs of your own",
    (p: Parser) =>
      withClusters(p)
        .options({
          sandbox,
          sensitive: { type: "boolean", default: false, describe: "Show the values of sensitive ones, too" },
        })
        .example("$0 outputs --json", "for scripts"),
    (args) => finish(import("./verbs/outputs.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "bootstrap [clusters..]",
    "Make the bucket that keeps the state, and move the state there",
    (p: Parser) =>
      withClusters(p)
        .options({ yes: { alias: "y", type: "boolean", default: false, describe: "Do not ask" } })
        .example("$0 bootstrap", "where the program says 'state: s3({ bucket })'; safe to run twice"),
    (args) => finish(import("./verbs/bootstrap.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "unlock <lock> [cluster]",
    "Take away the lock of a run that is dead",
    (p: Parser) =>
      p
        .positional("lock", { type: "string", demandOption: true, describe: "Its id, as the refused command told it" })
        .positional("cluster", { type: "string", describe: "The cluster; the only one where it is not named" })
        .options({ yes: { alias: "y", type: "boolean", default: false, describe: "Do not ask" } })
        .example("$0 unlock 6d1e5b9a-0f4c-… shop", "look first whether that run is really dead"),
    (args) => finish(import("./verbs/unlock.js").then(({ run }) => run(args, env))),
  );
}
