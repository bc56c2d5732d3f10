import { LightfleetError } from "../../errors/error.js";
import { POLICY_RULES } from "../../model/policy.js";
import type { Acceptance } from "../../preview/policy.js";

/**
 * Reads what may pass: `replaces("stateful")=moved on purpose`, or `replaces("stateful")@core=…` for one thing alone.
 * @throws LF650 where it is none
 */
export function readAcceptances(texts: readonly string[]): Acceptance[] {
  return texts.map((text) => {
    const [, name = "", of, on, reason = ""] =
      /^(\w+)(?:\(["']?([\w-]*)["']?\))?(?:@([a-z][\w:-]*))?=(.*)$/s.exec(text) ?? [];
    if (!POLICY_RULES.some((rule) => rule === name) || reason.trim() === "")
      throw new LightfleetError(`'--accept ${text}' must be a rule, an equals sign and a reason`, {
        code: "LF650",
        kind: "usage",
        hint: `as in --accept 'replaces("stateful")=agreed with the owners'; rules are ${POLICY_RULES.join(", ")}`,
      });
    return {
      rule: of === undefined ? name : `${name}(${JSON.stringify(of === "" ? "any" : of)})`,
      ...(on !== undefined && { on }),
      reason: reason.trim(),
    };
  });
}

/**
 * What labels of a pull request let pass: `lightfleet accept replaces(stateful)`, with `@core` behind it for one thing alone. Only
 * those who may write to a repository can set them.
 * @param json a list of names, as JSON; anything else lets nothing pass
 */
export function acceptedByLabels(json: string | undefined): Acceptance[] {
  let names: unknown;
  try {
    names = JSON.parse(json ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(names)) return [];
  return names.flatMap((name): Acceptance[] => {
    const [, rule] = typeof name === "string" ? (/^lightfleet accept (\S+)$/.exec(name) ?? []) : [];
    if (rule === undefined) return [];
    try {
      return readAcceptances([`${rule}=the label "${String(name)}"`]);
    } catch {
      return [];
    }
  });
}
