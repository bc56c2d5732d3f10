import { resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { fileError } from "../errors/file-error.js";
import { EXIT, exitCodeOf } from "./exit-codes.js";
import { doneToJson, errorToJson, showError } from "./render/errors.js";
import { ProgressView } from "./render/progress.js";
import { openTerminal } from "./terminal/terminal.js";
import type { Behavior, GlobalArgs } from "./verb.js";

/** Runs a verb from its options to the exit code: the one place where results, errors and interrupts are turned into what is seen. */
export async function runVerb<A extends GlobalArgs, R extends object>(
  verb: Behavior<A, R>,
  args: A,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const streams = verb.streams?.(args) ?? false;
  const terminal = openTerminal(args.json, env, args.json || verb.document === true);
  const abort = new AbortController();
  const view = new ProgressView(terminal, abort.signal);
  const release = onInterrupt(abort, verb.endless?.(args) === true ? undefined : view);
  try {
    const context = { dir: resolve(args.directory), env, signal: abort.signal, host: view };
    const result = await verb.run(args, context, terminal);
    view.end();
    const exitCode = verb.exitCode?.(result, args) ?? EXIT.done;
    if (streams) return exitCode;
    if (args.json) terminal.result(toJson({ ok: exitCode !== EXIT.failed, command: verb.name, ...result }));
    else await verb.show(result, terminal, args);
    return exitCode;
  } catch (thrown) {
    const error = interruptOf(thrown, verb.name, abort.signal) ?? withSandbox(fileError(thrown) ?? thrown, args);
    view.end();
    if (args.json) {
      const document = { ok: false, command: verb.name, ...doneToJson(error), error: errorToJson(error) };
      terminal.result(streams ? JSON.stringify(document) : toJson(document));
    }
    showError(error, terminal, args.debug);
    return abort.signal.aborted ? EXIT.interrupted : exitCodeOf(error);
  } finally {
    release();
  }
}

/** What was cut short by an interrupt, wherever that was, is no mistake of ours. */
function interruptOf(cause: unknown, verb: string, { aborted }: AbortSignal): LightfleetError | undefined {
  if (!aborted || !(cause instanceof Error) || cause.name !== "AbortError") return undefined;
  const hint = "run it again to go on";
  return new LightfleetError(`'${verb}' was interrupted`, { code: "LF071", kind: "aborted", hint, cause });
}

/** Where there are no credentials, verbs that know the sandbox advise it. */
function withSandbox(error: unknown, args: GlobalArgs): unknown {
  if (!LightfleetError.is(error) || error.code !== "LF625" || !("sandbox" in args)) return error;
  const hint = [error.hint, "or look without an account: --sandbox"].filter(Boolean).join("; ");
  const { code, kind, findings, done } = error;
  return new LightfleetError(error.message, { code, kind, findings, hint, cause: error, ...(done && { done }) });
}

function toJson(document: object): string {
  return JSON.stringify(document, null, 2);
}

/** The first signal is passed on, and waited for; more of them are answered, but change nothing. */
function onInterrupt(abort: AbortController, view: ProgressView | undefined): () => void {
  const interrupt = (): void => {
    view?.say(
      abort.signal.aborted
        ? "still waiting: the engine is saving the state and releasing the lock"
        : "interrupted: finishing running operations safely",
    );
    abort.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return () => signals.forEach((signal) => process.off(signal, interrupt));
}
