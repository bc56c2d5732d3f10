import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { BIN, cleanEnv, type CliResult } from "../commands/cli.js";

/** Who is killed. */
export type Victim = "engine" | "provider" | "lightfleet";

/** A process as /proc shows it. */
interface Process {
  readonly pid: number;
  readonly command: string;
}

/** How a run of the command line ended, one of whose processes was killed. */
export interface Killed extends CliResult {
  /** False where the run was through before. */
  readonly hit: boolean;
  /** How long the engine's apply was at work, in milliseconds. */
  readonly applied: number;
}

/**
 * Runs the command line, and kills one of its processes with SIGKILL, so long after the engine's `apply` began.
 * @param after milliseconds; never, where it is Infinity
 */
export async function killing(dir: string, args: readonly string[], victim: Victim, after: number): Promise<Killed> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: dir, env: cleanEnv() });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  let ended = false;
  const end = new Promise<number>((done) => child.once("exit", (code) => done(code ?? -1)));
  void end.then(() => (ended = true));
  const own = (): Process[] => (child.pid === undefined ? [] : descendants(child.pid));
  const isApply = ({ command }: Process): boolean => /\bapply\b/.test(command) && !command.includes(BIN);
  while (!ended && !own().some(isApply)) await sleep(20);
  const begun = Date.now();
  let hit = false;
  if (Number.isFinite(after)) {
    await sleep(after);
    const engine = own().find(isApply);
    const provider = own().find(({ command }) => command.includes("terraform-provider-aws"));
    const pid = victim === "lightfleet" ? child.pid : (victim === "engine" ? engine : provider)?.pid;
    hit = !ended && pid !== undefined && kill(pid);
  } else while (!ended && own().some(isApply)) await sleep(20);
  const applied = Date.now() - begun;
  const exitCode = await end;
  return { ...output, exitCode, hit, applied };
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

function descendants(root: number): Process[] {
  return childrenOf(root).flatMap((pid) => [{ pid, command: commandOf(pid) }, ...descendants(pid)]);
}

function childrenOf(pid: number): number[] {
  return namesIn(`/proc/${pid}/task`).flatMap((task) =>
    textOf(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean).map(Number),
  );
}

const commandOf = (pid: number): string => textOf(`/proc/${pid}/cmdline`).replaceAll("\0", " ");

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
