import { spawn } from "node:child_process";
import { LightfleetError } from "../../errors/error.js";
import { environmentOf, type Project } from "./project.js";

/**
 * Runs the "app" of cdktf.json in a shell, as cdktf's own command line does. What it prints goes to standard error.
 * @throws LF056 when it fails
 */
export async function runShellApp(project: Project, command: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(command, {
    shell: true,
    cwd: project.dir,
    env: { ...env, ...environmentOf(project) },
    stdio: ["ignore", process.stderr, process.stderr],
  });
  const how = await new Promise<string>((done) => {
    child.on("error", (error) => done(error.message));
    child.on("close", (code, signal) =>
      done(code === 0 ? "" : code === null ? `it was killed by ${signal}` : `exit code ${code}`),
    );
  });
  if (how === "") return;
  throw new LightfleetError(`the program '${command}', which cdktf.json names as "app", failed: ${how}`, {
    code: "LF056",
    kind: "config",
    hint: 'what it printed is above; a program that is named by its file, as in "main.ts", is run without a shell',
  });
}
