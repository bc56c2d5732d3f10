import { readJson } from "./json.js";
import { planSchema, type PlanJson } from "./plan-schema.js";
import { runText, type EngineContext } from "./run.js";

/** The arguments of `show` for a saved plan. */
export function showArgs(planFile: string): string[] {
  return ["show", "-no-color", "-json", planFile];
}

/** Reads a saved plan. Its values include sensitive ones: see `summarize`. @throws LF068, LF071, LF072 */
export async function showPlan(context: EngineContext, planFile: string): Promise<PlanJson> {
  const { stdout } = await runText(context, showArgs(planFile));
  return readJson(planSchema, stdout, "show -json");
}
