import { relative } from "node:path";
import { preview, type ChangeList } from "../../commands/preview.js";
import { EXIT } from "../exit-codes.js";
import { ownVersion } from "../package.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safe, safeLine } from "../terminal/escape.js";

interface PreviewArgs extends GlobalArgs {
  readonly clusters: readonly string[];
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly overwrite: boolean;
  readonly accept: readonly string[];
  readonly date: string | undefined;
  readonly exitCode: boolean;
}

export function run(args: PreviewArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "preview",
      document: true,
      action: async (context) => {
        const { changes, text, file } = await preview(
          { ...args, cli: process.argv[1] ?? "", version: ownVersion() },
          context,
        );
        return { ...changes, rendered: args.json ? undefined : text, file };
      },
      show: ({ rendered, file }, terminal) => {
        if (file !== undefined) terminal.progress(`written to ${safeLine(relative(process.cwd(), file))}`);
        else if (rendered !== undefined)
          terminal.result(((args.format ?? "text") === "text" ? safe(rendered) : rendered).trimEnd());
      },
      exitCode: (list) => exitCodeFor(list, args.exitCode),
    },
    args,
    env,
  );
}

/** A head that cannot be read has failed in any case; what it does decides only where that was asked for. */
function exitCodeFor({ verdict, head }: ChangeList, asked: boolean): number {
  if (head.state === "failed") return EXIT.failed;
  if (!asked || verdict === "unchanged") return EXIT.done;
  return verdict === "blocked" ? EXIT.failed : EXIT.changes;
}
