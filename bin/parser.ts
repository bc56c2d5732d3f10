import type { Argv } from "yargs";
import type { GlobalArgs, Verb, VerbGroup } from "./verb.js";

type Parser = Argv<GlobalArgs>;

/** Takes the exit code of the verb that was called. */
type Finish = (exitCode: Promise<number>) => void;

/** Declares verbs and groups of them to the parser, which makes help and completion from that. */
export function declareVerbs(
  parser: Parser,
  verbs: readonly (Verb | VerbGroup)[],
  env: NodeJS.ProcessEnv,
  finish: Finish,
): void {
  for (const one of verbs) {
    if ("verbs" in one) declareGroup(parser, one, env, finish);
    else declareVerb(parser, one, env, finish);
  }
}

function declareGroup(
  parser: Parser,
  { name, summary, verbs }: VerbGroup,
  env: NodeJS.ProcessEnv,
  finish: Finish,
): void {
  parser.command(name, summary, (group: Parser) => {
    for (const verb of verbs) declareVerb(group, verb, env, finish);
    return group.demandCommand(1, `say what to do: 'lightfleet ${verbs[0]?.name ?? name}'`);
  });
}

function declareVerb(parser: Parser, verb: Verb, env: NodeJS.ProcessEnv, finish: Finish): void {
  const { summary, hidden = false, positionals = {}, options = {}, examples } = verb;
  const call = [lastWord(verb.name), ...Object.keys(positionals).map((name) => placeholder(name, verb))].join(" ");
  // yargs leaves a command out of the help whose description is false; its types have overloads for either only.
  const describe = (hidden ? false : summary) as string;
  parser.command(
    call,
    describe,
    (command: Parser) => {
      for (const [name, positional] of Object.entries(positionals)) command.positional(name, positional);
      for (const [line, explanation] of examples) command.example(`$0 ${line}`, explanation);
      command.options(options);
      return command;
    },
    (args) => finish(verb.call(args, env)),
  );
}

const lastWord = (name: string): string => name.split(" ").at(-1) ?? name;

/** A positional as usage lines have it: `<file>`, `[cluster]`, `[clusters..]`. */
export function placeholder(name: string, { positionals = {} }: Verb): string {
  const { array = false, demandOption = false } = positionals[name] ?? {};
  const shown = array ? `${name}..` : name;
  return demandOption ? `<${shown}>` : `[${shown}]`;
}
