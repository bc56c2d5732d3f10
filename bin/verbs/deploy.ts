import type { DeployedCluster } from "../../commands/deploy.js";
import {
  all,
  allowDestroy,
  allowDuplicate,
  clusters,
  sandbox,
  target,
  text,
  validateClusters,
  yes,
} from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { duration } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";
import { defineVerb } from "../verb.js";

export const deploy = defineVerb({
  name: "deploy",
  summary: "Plan changes, confirm, and apply",
  synonyms: ["apply", "up"],
  positionals: { clusters },
  options: {
    ...{ all, sandbox, yes, target },
    wait: { type: "boolean", default: true, describe: "Wait until the services run, or are rolled back" },
    "allow-duplicate": allowDuplicate,
    "allow-destroy": allowDestroy,
    plan: { ...text, describe: "Apply exactly the plan that 'diff --plan' wrote to this file" },
  },
  examples: [
    ["deploy --sandbox", "try it locally, with no account and no network"],
    ["deploy shop --yes", "apply the cluster 'shop' without confirmation"],
  ],
  validate: validateClusters,
  run: async (args, context) => (await import("../../commands/deploy.js")).deploy(args, context),
  show: async ({ clusters: deployed, timing }, terminal) => {
    for (const cluster of deployed) {
      if (deployed.length > 1) terminal.result(terminal.style("bold", safeLine(cluster.id)));
      await showCluster(cluster, terminal);
    }
    const engine = duration(timing.engineMs);
    terminal.result(terminal.style("dim", `done in ${duration(timing.totalMs)} (engine: ${engine})`));
  },
});

async function showCluster({ outputs, status }: DeployedCluster, terminal: Terminal): Promise<void> {
  const { showOutputs } = await import("../render/outputs.js");
  showOutputs(outputs, terminal);
  if (status === undefined) return;
  const { showStatus } = await import("../render/status.js");
  showStatus([status], terminal);
}
