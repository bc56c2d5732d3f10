import * as z from "zod/mini";
import { diagnosticSchema, toDiagnostic, type Diagnostic } from "./diagnostic.js";
import { readJson } from "./json.js";
import { runText, type EngineContext } from "./run.js";

export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const schema = z.object({ valid: z.boolean(), diagnostics: z.array(diagnosticSchema) });

/** The arguments of `validate`. */
export function validateArgs(): string[] {
  return ["validate", "-no-color", "-json"];
}

/** Checks an initialized root module; findings are a result, not an error. @throws LF072 when the answer cannot be read */
export async function validate(context: EngineContext): Promise<Validation> {
  const { stdout } = await runText(context, validateArgs(), [0, 1]);
  const { valid, diagnostics } = readJson(schema, stdout, "validate -json");
  return { valid, diagnostics: diagnostics.map(toDiagnostic) };
}
