import { LightfleetError } from "../../errors/error.js";
import { findEngine } from "../../terraform/engine.js";
import type { Check } from "./check.js";

/** Terraform or OpenTofu, as it would be used. */
export async function checkEngine(env: NodeJS.ProcessEnv, dir: string): Promise<Check> {
  const name = "Terraform or OpenTofu";
  try {
    const engine = await findEngine(env, dir);
    return { name, status: "ok", detail: `${engine.name} ${engine.version} at ${engine.path}`, required: true };
  } catch (error) {
    if (!LightfleetError.is(error)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { name, status: "missing", detail: error.message, ...hint, required: true };
  }
}
