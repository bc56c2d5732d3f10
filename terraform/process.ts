import { execa } from "execa";
import { openNamelessFile, type NamelessFile } from "./unlinked-file.js";

/** How many characters of standard error are kept for an error's text. */
const TAIL = 8_192;
export interface ProcessSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited beside it. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Called with each line of standard output; `stdout` of the outcome is then empty. The program outlives this process then,
   * should it be killed: an engine in mid-apply finishes, saves the state, and gives the lock back.
   */
  readonly onLine?: (line: string) => void;
  /** Called with the process id, once there is one. */
  readonly onStart?: (pid: number) => void;
  /** When aborted, one SIGINT is sent, and the process is waited for. */
  readonly signal?: AbortSignal;
  /**
   * How long an interrupted process may take to finish in peace, in milliseconds. Defaults to ten minutes. Then it is
   * interrupted once more, and after another sixtieth of that time (a second at least) its process group is killed.
   */
  readonly grace?: number;
}

/** How a subprocess ended. `interrupted` says whether it was asked to stop while it ran. */
export type ProcessOutcome =
  | {
      readonly reason: "exited";
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
      readonly interrupted: boolean;
    }
  | { readonly reason: "killed"; readonly signal: string; readonly stderr: string; readonly interrupted: boolean }
  | { readonly reason: "spawn-failed"; readonly cause: Error };

/**
 * Runs a program without a shell and waits for it; never throws. The program gets a process group of its own, so
 * that a Ctrl-C in the terminal does not reach it a second time beside the interrupt that `signal` passes on.
 */
export async function runProcess(spec: ProcessSpec): Promise<ProcessOutcome> {
  let stderr = "";
  const { onLine } = spec;
  const onError = (line: string): void => {
    stderr = `${stderr}${line}\n`.slice(-TAIL);
  };
  const files = onLine === undefined ? [] : [openNamelessFile(onLine), openNamelessFile(onError)];
  const [out, err] = files;
  const child = execa(spec.file, [...spec.args], {
    cwd: spec.cwd,
    env: spec.env,
    extendEnv: false,
    detached: process.platform !== "win32",
    reject: false,
    buffer: { stdout: onLine === undefined, stderr: false },
    maxBuffer: { stdout: 2 ** 30 },
    stdin: "ignore",
    stdout: descriptor(out) ?? (onLine === undefined ? "pipe" : sink(onLine)),
    stderr: descriptor(err) ?? sink(onError),
  });
  if (child.pid !== undefined) spec.onStart?.(child.pid);
  const stop = passInterrupt(child, spec.signal, spec.grace ?? 600_000);
  try {
    const result = await child.finally(() => files.forEach((file) => file?.end()));
    const interrupted = stop.sent();
    if (result.exitCode !== undefined) {
      return { reason: "exited", exitCode: result.exitCode, stdout: String(result.stdout ?? ""), stderr, interrupted };
    }
    if (result.signal !== undefined) return { reason: "killed", signal: result.signal, stderr, interrupted };
    return { reason: "spawn-failed", cause: toError(result) };
  } catch (error) {
    return { reason: "spawn-failed", cause: toError(error) };
  } finally {
    stop.release();
  }
}

/** What a file is to execa, which takes any descriptor; its types know those of one digit alone. */
const descriptor = (file: NamelessFile | undefined) => file?.fd as 3 | undefined;

/** A stream that hands over each line and keeps nothing. */
function sink(onLine: (line: string) => void) {
  return function* (line: unknown): Generator<string> {
    onLine(String(line));
  };
}

interface Killable {
  readonly pid?: number | undefined;
  kill(signal: "SIGINT" | "SIGKILL"): boolean;
}

/** Sends one SIGINT when `signal` aborts, a second one after the grace, and only then kills the whole group. */
function passInterrupt(child: Killable, signal: AbortSignal | undefined, grace: number) {
  let sent = false;
  const timers: NodeJS.Timeout[] = [];
  const interrupt = (): void => {
    sent = true;
    child.kill("SIGINT");
    timers.push(setTimeout(() => child.kill("SIGINT"), grace));
    timers.push(setTimeout(() => killGroup(child), grace + Math.max(grace / 60, 1_000)));
  };
  if (signal?.aborted === true) interrupt();
  else signal?.addEventListener("abort", interrupt, { once: true });
  return {
    sent: () => sent,
    release: () => {
      signal?.removeEventListener("abort", interrupt);
      timers.forEach((timer) => clearTimeout(timer));
    },
  };
}

function killGroup(child: Killable): void {
  try {
    if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // The group ended by itself between the two looks.
  }
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}
