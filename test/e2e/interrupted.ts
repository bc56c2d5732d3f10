import { spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { BIN, cleanEnv } from "../commands/cli.js";

export interface Interrupt {
  /** What has to be seen, or to have happened, before it comes. */
  readonly seen: RegExp | Promise<unknown>;
  /** How often it is pressed. @default 1 */
  readonly times?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command in a process group of its own, and sends Ctrl-C to all of it, as a terminal does, when a line is seen. */
export function interrupted(
  dir: string,
  args: readonly string[],
  { seen, times = 1, env = {} }: Interrupt,
): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd: dir, env: cleanEnv(env), detached: true });
    onTestFinished(() => void child.kill("SIGKILL"));
    let output = "";
    let sent = 0;
    const interrupt = (): void => {
      if (child.pid !== undefined) for (; sent < times; sent++) process.kill(-child.pid, "SIGINT");
    };
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (seen instanceof RegExp && seen.test(output)) interrupt();
    };
    if (seen instanceof Promise) void seen.then(interrupt);
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("close", (exitCode) => done({ exitCode, output }));
  });
}
