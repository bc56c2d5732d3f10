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
