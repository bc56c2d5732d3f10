import type { BootstrappedCluster } from "../../commands/bootstrap.js";
import { all, clusters, validateClusters, yes } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const bootstrap = defineVerb({
  name: "bootstrap",
  summary: "Create the state bucket and move the state there",
  positionals: { clusters },
  options: { all, yes },
  examples: [["bootstrap", "for a program with 'state: s3({ bucket })'; safe to run twice"]],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/bootstrap.js")).bootstrap(args, context),
  show: (result, terminal) => {
    for (const cluster of result.clusters) terminal.result(safeLine(line(cluster)));
  },
});

const BUCKET: Readonly<Record<BootstrappedCluster["bucket"], string>> = {
  made: "created the bucket",
  there: "the bucket exists",
  none: "nothing to create",
};

function line({ id, state, bucket, changed, from }: BootstrappedCluster): string {
  const parts = [BUCKET[bucket]];
  if (changed.length > 0) parts.push(`changed its ${changed.join(", ")}`);
  if (from !== undefined)
    parts.push(`moved the state from ${from}${from.startsWith("s3:") ? " (a copy stays there)" : ""}`);
  return `${id}: state in ${state}; ${parts.join("; ")}`;
}
