import { relative } from "node:path";
import { synth } from "../../commands/synth.js";
import { countText } from "../render/checks.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";

export function run(args: GlobalArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "synth",
      action: synth,
      show: ({ clusters, otherStacks, findings }, terminal) => {
        for (const { id, stackFile, modelFile } of clusters) {
          terminal.result(`${terminal.style("bold", safeLine(id))}`);
          for (const file of [stackFile, modelFile]) terminal.result(`  ${safeLine(relative(process.cwd(), file))}`);
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
