import { LightfleetError, type Finding } from "../errors/error.js";
import { type Diagnostic } from "./diagnostic.js";
import type { Engine } from "./engine.js";
import { readEmergencyState } from "./emergency-state.js";
import { engineEnv } from "./env.js";
import { parseEvent, type EngineEvent } from "./events.js";
import { runProcess, type ProcessOutcome } from "./process.js";

/** Where and how an engine is run. */
export interface EngineContext {
  readonly engine: Engine;
  /** The root module's directory. */
  readonly cwd: string;
  /** Variables for the engine, on top of nothing: hand over `process.env` and more. */
  readonly env: NodeJS.ProcessEnv;
  /** Passes an interrupt on to the engine, once. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Called with a state that the engine could save nowhere, as it gives it out; it is lost where nobody keeps it. */
  readonly onEmergencyState?: (state: string) => void;
  /** Called with the process id of each engine that was started. */
  readonly onStart?: (pid: number) => void;
  /** How long an interrupted engine may take to finish in peace, in milliseconds. Defaults to ten minutes. */
  readonly grace?: number;
}

/** What is common to every subcommand that works on a root module. */
export const COMMON = ["-input=false", "-no-color"] as const;

/** A run that ended in one of the exit codes that were expected. */
export interface EngineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs a subcommand and returns its standard output. @throws as {@link expectExit} does */
export async function runText(context: EngineContext, args: readonly string[], expected = [0]): Promise<EngineResult> {
  const outcome = await runUnlessAborted(context, args);
  return expectExit(outcome, context.engine, args, expected, []);
}

/** Runs a subcommand that streams JSON events, and hands each on. @throws as {@link expectExit} does */
export async function runEvents(
  context: EngineContext,
  args: readonly string[],
  expected = [0],
): Promise<EngineResult> {
  const diagnostics: Diagnostic[] = [];
  const onLine = (line: string): void => {
    const state = readEmergencyState(line);
    if (state !== undefined) context.onEmergencyState?.(state);
    const event = parseEvent(line);
    if (event === undefined) return;
    if (event.type === "diagnostic") diagnostics.push(event.diagnostic);
    context.onEvent?.(event);
  };
  const outcome = await runUnlessAborted(context, args, onLine);
  return expectExit(outcome, context.engine, args, expected, diagnostics);
}

async function runUnlessAborted(
  context: EngineContext,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<ProcessOutcome> {
  if (context.signal?.aborted) return { reason: "killed", signal: "SIGINT", stderr: "", interrupted: true };
  return runProcess({
    file: context.engine.path,
    args,
    cwd: context.cwd,
    env: engineEnv(context.env),
    ...(onLine === undefined ? {} : { onLine }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    ...(context.onStart === undefined ? {} : { onStart: context.onStart }),
    ...(context.grace === undefined ? {} : { grace: context.grace }),
  });
}

/**
 * Turns how a process ended into a result.
 * @throws LF070 it did not start, LF069 it was killed, LF071 it was interrupted, LF068 it failed
 */
export function expectExit(
  outcome: ProcessOutcome,
  engine: Engine,
  args: readonly string[],
  expected: readonly number[],
  diagnostics: readonly Diagnostic[],
): EngineResult {
  const command = `${engine.name} ${args[0] ?? ""}`;
  if (outcome.reason === "spawn-failed") {
    throw new LightfleetError(`${engine.path} could not be started`, {
      code: "LF070",
      kind: "external",
      cause: outcome.cause,
    });
  }
  const cause = { ...outcome, args };
  if (outcome.interrupted && (outcome.reason === "killed" || !expected.includes(outcome.exitCode))) {
    throw new LightfleetError(`'${command}' was interrupted`, {
      code: "LF071",
      kind: "aborted",
      hint: "what was done is in the state, and no lock is left: run it again to go on",
      cause,
    });
  }
  if (outcome.reason === "killed") {
    throw new LightfleetError(`'${command}' was killed by ${outcome.signal}`, {
      code: "LF069",
      kind: "external",
      hint: "run it again: it goes on from what is in the state; where it finds that locked, 'lightfleet unlock' takes the lock away",
      cause,
    });
  }
  if (expected.includes(outcome.exitCode)) {
    return { exitCode: outcome.exitCode, stdout: outcome.stdout, diagnostics };
  }
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const detail = errors.length > 0 ? "" : tail(outcome.stderr);
  throw new LightfleetError(`'${command}' failed with exit code ${outcome.exitCode}${detail}`, {
    code: "LF068",
    kind: "external",
    findings: errors.map(toFinding),
    cause,
  });
}

function toFinding({ summary, detail, address }: Diagnostic): Finding {
  const message = detail === "" ? summary : `${summary}: ${detail}`;
  return { code: "LF068", message, ...(address === undefined ? {} : { path: address }) };
}

const TOLD = 30;

/** Standard error from the engine's own `Error:` on, else its last lines, without the frame that is drawn around a message. */
function tail(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.replace(/^[╷│╵|]\s?/, "").trimEnd())
    .filter((line) => line !== "");
  const first = lines.findIndex((line) => line.startsWith("Error: "));
  const told = first < 0 ? lines.slice(-TOLD) : lines.slice(first, first + TOLD);
  return told.length === 0 ? "" : `:\n${told.join("\n")}`;
}
