import type { ArgumentsCamelCase, InferredOptionType, Options, PositionalOptions } from "yargs";
import type { CommandContext } from "../commands/context.js";
import type { Terminal } from "./terminal/terminal.js";

/** What every command line may say. */
export interface GlobalArgs {
  readonly directory: string;
  readonly json: boolean;
  readonly debug: boolean;
}

type Positionals = Readonly<Record<string, PositionalOptions>>;
type VerbOptions = Readonly<Record<string, Options>>;

/** What a verb is given: its positionals and options as parsed, in camel case, and the global options. */
type Args<P extends Positionals, O extends VerbOptions> = GlobalArgs &
  ArgumentsCamelCase<{ [K in keyof P]: InferredOptionType<P[K]> } & { [K in keyof O]: InferredOptionType<O[K]> }>;

/** What the parser, the help, completion and the docs know of a verb. */
interface VerbFacts<P extends Positionals, O extends VerbOptions> {
  /** As it is typed: `deploy`, `image list`. */
  readonly name: string;
  /** One line, a verb first. */
  readonly summary: string;
  /** Whether help leaves it out. @default false */
  readonly hidden?: boolean;
  /** What other tools call it: the hint for an unknown command names this verb then. @default none */
  readonly synonyms?: readonly string[];
  /** In the order in which they are typed. `array: true` takes all that follow. @default none */
  readonly positionals?: P;
  /** @default none but the global ones */
  readonly options?: O;
  /** Command lines without the program's name, each with what it is for. */
  readonly examples: readonly (readonly [command: string, explanation: string])[];
}

/** What runs a verb, and how its result is shown. */
export interface Behavior<A, R extends object> {
  readonly name: string;
  /** Refuses a call that no option alone shows to be wrong, before anything is loaded. */
  validate?(args: A): void;
  /** Runs the action. Loads what it needs itself, so that `--help` stays fast. */
  run(args: A, context: CommandContext, terminal: Terminal): Promise<R>;
  /** Shows the result on a terminal; with `--json` it is printed as it is. */
  show(result: R, terminal: Terminal, args: A): void | Promise<void>;
  /** @default 0 */
  exitCode?(result: R, args: A): number;
  /** Whether the action shows what it finds by itself, as it comes. @default false */
  streams?(args: A): boolean;
  /** Whether its result is a document, to be piped: progress then stays out of it. @default false */
  readonly document?: boolean;
  /** Whether Ctrl-C is the way to end it, and nothing to speak of. @default false */
  endless?(args: A): boolean;
}

/** A verb of the command line. */
export interface Verb extends VerbFacts<Positionals, VerbOptions> {
  /**
   * Runs it with what was parsed.
   * @returns the exit code
   */
  call(args: GlobalArgs, env: NodeJS.ProcessEnv): Promise<number>;
}

/** Verbs below one word, as `image list` and `image pin` are below `image`. */
export interface VerbGroup {
  readonly name: string;
  /** One line, a verb first. */
  readonly summary: string;
  readonly verbs: readonly Verb[];
}

/** Declares a verb as data: the types of its arguments follow from its positionals and options. */
export function defineVerb<
  R extends object,
  const P extends Positionals = Record<never, never>,
  const O extends VerbOptions = Record<never, never>,
>(verb: VerbFacts<P, O> & Behavior<Args<P, O>, R>): Verb {
  const call = async (args: GlobalArgs, env: NodeJS.ProcessEnv): Promise<number> => {
    // The parser was given just these positionals and options.
    const parsed = args as Args<P, O>;
    verb.validate?.(parsed);
    const { runVerb } = await import("./run.js");
    return runVerb(verb, parsed, env);
  };
  return { ...verb, call };
}
