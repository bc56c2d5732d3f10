import * as z from "zod/mini";
import { readJson } from "./json.js";
import { runText, type EngineContext } from "./run.js";

export interface Output {
  readonly sensitive: boolean;
  readonly value: unknown;
}

const schema = z.record(z.string(), z.object({ sensitive: z._default(z.boolean(), false), value: z.unknown() }));

/** The arguments of `output`. */
export function outputArgs(): string[] {
  return ["output", "-no-color", "-json"];
}

/** The outputs in the state, sensitive values included. @throws LF068, LF072 */
export async function outputs(context: EngineContext): Promise<Readonly<Record<string, Output>>> {
  const { stdout } = await runText(context, outputArgs());
  return readJson(schema, stdout, "output -json");
}
