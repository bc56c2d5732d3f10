import { execFileSync, spawn } from "node:child_process";
import { BIN, cleanEnv } from "../commands/cli.js";

/** Whether there is util-linux's `script`, which gives a process a terminal. Printed, as a reason to skip. */
export function scriptIsThere(): boolean {
  try {
    execFileSync("script", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    process.stderr.write("skipped: no 'script' to make a terminal with\n");
    return false;
  }
}

/** Runs the command line at a terminal, and types answers: each when its question stands there. */
export function atTerminal(
  dir: string,
  args: string,
  answers: readonly (readonly [question: string | RegExp, answer: string])[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((done) => {
    const command = `stty cols 80; '${process.execPath}' '${BIN}' ${args}`;
    const terminal = { TERM: "xterm", CI: "", NO_COLOR: "1" };
    const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: dir, env: cleanEnv({ ...terminal, ...env }) });
    const open = [...answers];
    let [output, unread] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      unread += chunk.toString();
      const [next] = open;
      if (next === undefined || unread.search(next[0]) < 0) return;
      open.shift();
      unread = "";
      child.stdin.write(next[1]);
    });
    child.on("close", (exitCode) => done({ exitCode, output }));
  });
}
