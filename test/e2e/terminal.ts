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

/** What is typed; a function does something first. */
type Typed = string | (() => string);

/**
 * Runs the command line at a terminal, and types answers: each when its question stands there.
 * @param setup shell commands before it
 */
export function atTerminal(
  dir: string,
  args: string,
  answers: readonly (readonly [question: string | RegExp, answer: Typed])[],
  env: NodeJS.ProcessEnv = {},
  setup = "stty cols 80",
): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((done) => {
    // The command takes the shell's place: Ctrl-C goes to all that runs at the terminal, and ends a shell that waits.
    const command = `${setup}; exec '${process.execPath}' '${BIN}' ${args}`;
    const terminal = { TERM: "xterm", SHELL: "/bin/sh", CI: "", NO_COLOR: "1" };
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
      child.stdin.write(typeof next[1] === "string" ? next[1] : next[1]());
    });
    child.on("close", (exitCode) => done({ exitCode, output }));
  });
}
