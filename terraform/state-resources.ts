import type { PlanJson } from "./plan-schema.js";
import { isRecord, listOf, textOf } from "../lib/records.js";

/** A resource as the state holds it, after the engine has looked at what is there. */
export interface HeldResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What the state of a plan holds, also what is in modules: what somebody's own module made is no stranger. */
export function heldResources({ prior_state }: PlanJson): HeldResource[] {
  return inModule(prior_state?.values?.root_module);
}

function inModule(module: unknown): HeldResource[] {
  if (!isRecord(module)) return [];
  const own = listOf(module["resources"]).flatMap((resource): HeldResource[] => {
    if (!isRecord(resource)) return [];
    const { address, type, name, values } = resource;
    if (typeof address !== "string" || typeof type !== "string" || !isRecord(values)) return [];
    return [{ address, type, name: textOf(name) ?? "", values }];
  });
  return [...own, ...listOf(module["child_modules"]).flatMap(inModule)];
}
