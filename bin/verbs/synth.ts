import { relative } from "node:path";
import { synth } from "../../commands/synth.js";
import { countText } from "../render/checks.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";
import { table } from "../terminal/table.js";

interface SynthArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly verbose: boolean;
}

export function run(args: SynthArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "synth",
      action: (context) => synth({ ...args, note: true }, context),
      show: ({ clusters, otherStacks, findings, bootData = [] }, terminal) => {
        for (const { id, stackFile, modelFile } of clusters) {
          terminal.result(`${terminal.style("bold", safeLine(id))}`);
          for (const file of [stackFile, modelFile]) terminal.result(`  ${safeLine(relative(process.cwd(), file))}`);
          const rows = bootData
            .filter(({ cluster }) => cluster === id)
            .map(({ fleet, bytes, limit }) => [`boot data of ${safeLine(fleet)}`, `${bytes} of ${limit} bytes`]);
          for (const line of table(rows, terminal.width)) terminal.result(line);
        }
        for (const name of otherStacks) terminal.result(`${safeLine(name)} (a stack of its own: it is left to you)`);
        const told = countText(findings);
        if (told !== "") terminal.result(`${told}: 'lightfleet check' shows them`);
      },
    },
    args,
    env,
  );
}
