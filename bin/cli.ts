import { distance } from "fastest-levenshtein";
import yargs from "yargs";
import { LightfleetError } from "../errors/error.js";
import { fileError } from "../errors/file-error.js";
import { EXIT, exitCodeOf } from "./exit-codes.js";
import { ownVersion } from "./package.js";
import { declareVerbs } from "./parser.js";
import { isVerb, unknownVerb } from "./unknown-verb.js";
import { VERBS } from "./verbs.js";

const USAGE = `lightfleet <command> [options]

Provisions fleets of Photon OS machines, and the services on them, from a typed
program: the one that "app" in cdktf.json names.`;

const EPILOGUE = `Exit codes: 0 done, 1 failed, 2 there are changes (diff, drift,
preview --exit-code), 64 wrong usage, 130 interrupted. Set LIGHTFLEET_ENGINE=tofu to use OpenTofu instead of Terraform.`;

/**
 * Parses a command line and runs what it says.
 * @returns the exit code
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // No arguments: show what there is.
  if (argv.length === 0) return main(["--help"], env);
  let exitCode: Promise<number> | undefined;
  const parser = yargs([...argv])
    .scriptName("lightfleet")
    .locale("en")
    .usage(USAGE)
    .option("directory", {
      alias: "C",
      type: "string",
      default: ".",
      requiresArg: true,
      describe: "Folder of the project",
    })
    .option("json", { type: "boolean", default: false, describe: "Print the result as JSON" })
    .option("debug", { type: "boolean", default: false, describe: "Show stack traces of errors" })
    .example([
      ["$0 init shop", "create a project"],
      ["$0 deploy --sandbox", "try it locally, with no account and no network"],
      ["$0 diff --sandbox", "show what would change"],
    ])
    .epilogue(EPILOGUE)
    .demandCommand(1, "say what to do, as in 'lightfleet deploy --sandbox'")
    .recommendCommands()
    .strict()
    .wrap(Math.min(process.stdout.columns || 80, 100))
    .alias({ h: "help", V: "version" })
    .version(ownVersion())
    .showHelpOnFail(false)
    .exitProcess(false)
    .fail((message, error) => {
      if (error !== undefined && error !== null && error.name !== "YError") throw error;
      throw new LightfleetError(usageText(message ?? error?.message ?? "wrong usage", argv), usage);
    });
  declareVerbs(parser, VERBS, env, (code) => (exitCode = code));
  try {
    await parser.parseAsync();
    return (await exitCode) ?? EXIT.done;
  } catch (thrown) {
    const error = fileError(thrown) ?? thrown;
    const { errorToJson, showError } = await import("./render/errors.js");
    const { openTerminal } = await import("./terminal/terminal.js");
    const terminal = openTerminal(argv.includes("--json"), env);
    if (terminal.json) terminal.result(JSON.stringify({ ok: false, error: errorToJson(error) }, null, 2));
    showError(error, terminal, argv.includes("--debug"));
    return exitCodeOf(error);
  }
}

const usage = {
  code: "LF050",
  kind: "usage",
  hint: "see 'lightfleet --help', or write --help after the command",
} as const;

/** The error text for a wrong call, reworded where yargs speaks as a parser. */
function usageText(text: string, argv: readonly string[]): string {
  const verb = firstWord(argv);
  if (verb !== undefined && !isVerb(verb)) return unknownVerb(verb);
  return withoutFarGuess(lowerFirst(text), argv)
    .replace(
      /^not enough non-option arguments: got (\d+), need at least (\d+)/,
      "an argument is missing: $1 given, $2 needed",
    )
    .replace(/^not enough arguments following: (.*)/, "the option '$1' needs a value");
}

/** The first word that is no option, nor the folder of one. */
const firstWord = (argv: readonly string[]): string | undefined =>
  argv.find((word, i) => !word.startsWith("-") && !["-C", "--directory"].includes(argv[i - 1] ?? ""));

/** Its guess counts where it is a slip of what was typed: a third of the letters at most. */
function withoutFarGuess(text: string, argv: readonly string[]): string {
  const guess = /^did you mean (\S+)\?$/.exec(text)?.[1];
  const words = argv.filter((word) => !word.startsWith("-"));
  if (guess === undefined || words.some((word) => distance(word, guess) <= Math.max(1, word.length / 3))) return text;
  return `unknown argument: ${words.at(-1) ?? ""}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
