import { relative } from "node:path";
import { runDrill } from "../../commands/drill.js";
import { showDrills } from "../render/drill.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

interface DrillArgs extends GlobalArgs {
  readonly cluster: string | undefined;
  readonly lose: readonly string[];
  readonly roll: readonly string[];
  readonly scale: readonly string[];
  readonly all: boolean;
  readonly svg: string | undefined;
  readonly overwrite: boolean;
}

export function run(args: DrillArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "drill",
      action: (context) => runDrill(args, context),
      show: ({ cluster, drills, picture }, terminal) => {
        terminal.result(terminal.style("bold", safeLine(cluster)));
        showDrills(drills, terminal);
        if (picture !== undefined) terminal.result(`a picture: ${safeLine(relative(process.cwd(), picture))}`);
      },
    },
    args,
    env,
  );
}
