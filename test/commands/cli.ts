import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const BIN = fileURLToPath(new URL("../../dist/bin/lightfleet.js", import.meta.url));

/** The environment of this process, without what would make a difference to a test. */
export function cleanEnv(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|TF_|CDKTF_|LIGHTFLEET_|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$|VITEST)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

/** Runs the built command line in a folder, without a terminal. */
export function cli(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return new Promise((done) => {
    const options = { cwd, env: cleanEnv(env), maxBuffer: 2 ** 26 };
    const child = execFile(process.execPath, [BIN, ...args], options, (error, stdout, stderr) => {
      done({ exitCode: error === null ? 0 : typeof error.code === "number" ? error.code : -1, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** The same with `--json`, and the document that it printed. */
export async function cliJson(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const result = await cli(cwd, [...args, "--json"], env);
  const document: Record<string, unknown> = JSON.parse(result.stdout);
  return { ...result, document };
}

/** A PATH on which there is Node and a shell, and no engine. */
export function pathWithoutEngine(): string {
  return `${dirname(process.execPath)}:/bin`;
}
