import { environmentOf, type Project } from "./project.js";

/** A program that called `process.exit`. */
class ProgramExit extends Error {
  constructor(readonly exitCode: number) {
    super(`the program called process.exit(${exitCode})`);
    this.name = "ProgramExit";
  }
}

export interface Stage {
  /** Rejects with what the program throws where nobody catches it. */
  readonly failed: Promise<never>;
  /** Resolves when the program has nothing left to do. */
  readonly idle: Promise<undefined>;
  /** Whether an error is the program's own call of `process.exit(0)`. */
  left(error: unknown): boolean;
  leave(): void;
}

/**
 * Makes this process look to a program as if `node file ...args` had been started in the project's folder. What it
 * prints goes to standard error, since standard output is ours; `leave` puts all back.
 */
export function enterProgram(project: Project, file: string, args: readonly string[]): Stage {
  const { argv } = process;
  const exit = swap(process, "exit", (code) => {
    throw new ProgramExit(Number(code ?? process.exitCode ?? 0));
  });
  const before = process.cwd();
  const write = process.stdout.write;
  const listen = releaseSignals();
  const env = setEnv(environmentOf(project));
  process.chdir(project.dir);
  process.argv = [process.execPath, file, ...args];
  process.stdout.write = process.stderr.write.bind(process.stderr);

  let reject: (error: unknown) => void = () => undefined;
  let resolve: () => void = () => undefined;
  const failed = new Promise<never>((_, fail) => (reject = fail));
  const idle = new Promise<undefined>((done) => (resolve = () => done(undefined)));
  failed.catch(() => undefined);
  process.on("unhandledRejection", reject).on("uncaughtException", reject).on("beforeExit", resolve);
  return {
    failed,
    idle,
    left: (error) => error instanceof ProgramExit && error.exitCode === 0,
    leave: () => {
      process.off("unhandledRejection", reject).off("uncaughtException", reject).off("beforeExit", resolve);
      process.stdout.write = write;
      process.argv = argv;
      swap(process, "exit", exit);
      process.chdir(before);
      listen();
      env();
    },
  };
}

/** Puts something else into a property. @returns what was there */
function swap<T, K extends keyof T>(owner: T, name: K, value: T[K]): T[K] {
  const before = owner[name];
  owner[name] = value;
  return before;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Lets signals end the process at once: a listener would never be called while a program loops. @returns listens again */
function releaseSignals(): () => void {
  const listeners = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  for (const [signal] of listeners) process.removeAllListeners(signal);
  return () => {
    for (const [signal, removed] of listeners) for (const listener of removed) process.on(signal, listener);
  };
}

/** Sets variables of the environment. @returns puts back what was there */
function setEnv(values: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}
