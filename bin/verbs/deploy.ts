import { deploy, type DeployedCluster, type DeployOptions } from "../../commands/deploy.js";
import { showOutputs } from "../render/outputs.js";
import { showStatus } from "../render/status.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";
import { duration } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

export function run(args: GlobalArgs & DeployOptions, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "deploy",
      action: (context) => deploy(args, context),
      show: ({ clusters, timing }, terminal) => {
        for (const cluster of clusters) {
          if (clusters.length > 1) terminal.result(terminal.style("bold", safeLine(cluster.id)));
          show(cluster, terminal);
        }
        const engine = duration(timing.engineMs);
        terminal.result(terminal.style("dim", `done in ${duration(timing.totalMs)}, ${engine} of it the engine's`));
      },
    },
    args,
    env,
  );
}

function show({ outputs, status }: DeployedCluster, terminal: Terminal): void {
  showOutputs(outputs, terminal);
  if (status !== undefined) showStatus([status], terminal);
}
