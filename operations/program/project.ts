import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { isRecord } from "../../lib/records.js";

/** What `cdktf.json` says. */
export interface Project {
  /** The folder of `cdktf.json`, absolute. */
  readonly dir: string;
  /** What is run to synthesize: a file, or a command. */
  readonly app: string;
  /** Where the program writes to, absolute. */
  readonly outdir: string;
  /** Handed to the constructs as their context. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** What a program is told by its environment: cdktf's own variables, and the folder that a state in a file is kept in. */
export const environmentOf = ({ dir, outdir, context }: Project): Record<string, string> => ({
  CDKTF_OUTDIR: outdir,
  CDKTF_CONTEXT_JSON: JSON.stringify(context),
  LIGHTFLEET_PROJECT: dir,
});

/**
 * Reads `cdktf.json` in a folder. `CDKTF_OUTDIR` of the environment wins over its `output`.
 * @throws LF051 when there is none, LF052 when it cannot be used
 */
export async function readProject(dir: string, env: NodeJS.ProcessEnv): Promise<Project> {
  const data = parse(await read(dir), dir);
  const { app, output = "cdktf.out", context = {} } = data;
  if (typeof app !== "string" || app.trim() === "") throw unusable(dir, `"app" must name the program, as in "main.ts"`);
  if (typeof output !== "string") throw unusable(dir, `"output" must be the name of a folder`);
  if (!isRecord(context)) throw unusable(dir, `"context" must be an object`);
  return { dir, app: app.trim(), outdir: resolve(dir, env["CDKTF_OUTDIR"] ?? output), context };
}

async function read(dir: string): Promise<string> {
  try {
    return await readFile(join(dir, "cdktf.json"), "utf8");
  } catch (cause) {
    throw new LightfleetError(`there is no cdktf.json in ${dir}`, {
      code: "LF051",
      kind: "usage",
      hint: "go to the project's folder, name it with -C, or make a project with 'lightfleet init'",
      cause,
    });
  }
}

function parse(text: string, dir: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw unusable(dir, cause instanceof Error ? cause.message : "it is not JSON", cause);
  }
  if (isRecord(data)) return data;
  throw unusable(dir, "it must hold an object");
}

function unusable(dir: string, why: string, cause?: unknown): LightfleetError {
  return new LightfleetError(`${join(dir, "cdktf.json")} cannot be used: ${why}`, {
    code: "LF052",
    kind: "config",
    cause,
  });
}
