import { LightfleetError } from "../../errors/error.js";
import { POLICY_RULES } from "../../model/policy.js";
import { RULING_CODE, type Acceptance } from "../../preview/policy.js";

/** `replaces`, `replaces(stateful)`, `replaces("stateful")`: what is in the parentheses may be any id. */
const RULE = String.raw`(\w+)(?:\(\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^()"']*?)\s*\))?`;
/** `@core`, `@edge:api/rates.example.com:443`, `@aws_db_instance.ledger["a=b"]`: an equals sign stands in quotes alone. */
const ON = String.raw`(?:@((?:\["(?:[^"\\]|\\.)*"\]|\[(?!")|[^=[])+))?`;
const WRITTEN = new RegExp(`^${RULE}${ON}=(.*)$`, "s");

/**
 * Reads what may pass: `replaces("stateful")=moved on purpose`, `replaces("stateful")@core=…` for one thing alone, or the short name that
 * a preview gives a ruling, `1a2b3c4d5e6f=…`.
 * @throws LF650 where it is none
 */
export function readAcceptances(texts: readonly string[]): Acceptance[] {
  return texts.map((text) => {
    const found = readAcceptance(text);
    if (found !== undefined) return found;
    throw new LightfleetError(`'--accept ${text}' must be a rule, an equals sign and a reason`, {
      code: "LF650",
      kind: "usage",
      hint: `as in --accept 'replaces("stateful")@orders-db=agreed with the owners'; rules are ${POLICY_RULES.join(", ")}; or the short name that the preview tells`,
    });
  });
}

function readAcceptance(text: string): Acceptance | undefined {
  const [, name = "", of, on, reason = ""] = WRITTEN.exec(text) ?? [];
  if (reason.trim() === "" || on?.trim() === "") return undefined;
  if (RULING_CODE.test(name))
    return of === undefined && on === undefined ? { rule: name, reason: reason.trim() } : undefined;
  if (!POLICY_RULES.some((rule) => rule === name)) return undefined;
  return {
    rule: of === undefined ? name : `${name}(${JSON.stringify(unquoted(of) || "any")})`,
    ...(on !== undefined && { on: on.trim() }),
    reason: reason.trim(),
  };
}

/** What stands in quotes, or as it is. */
function unquoted(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1);
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, "$1") : text;
}

/**
 * Names of the labels that a pull or merge request has: GitHub's as JSON, which a workflow hands over, GitLab's in the variable that
 * its runner sets.
 */
export function labelsOf(env: NodeJS.ProcessEnv): string[] {
  const [json, names] = [env["LIGHTFLEET_LABELS"], env["CI_MERGE_REQUEST_LABELS"]];
  if (!json) return (names ?? "").split(",").map((name) => name.trim());
  try {
    const labels: unknown = JSON.parse(json);
    return Array.isArray(labels) ? labels.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/**
 * What labels let pass: `lightfleet accept 1a2b3c4d5e6f`, or `lightfleet accept replaces(stateful)@core`. One that cannot be read lets
 * nothing pass, and is told of as what nothing is like.
 */
export function acceptedByLabels(labels: readonly string[]): Acceptance[] {
  return labels.flatMap((label): Acceptance[] => {
    const [, what] = /^lightfleet accept (.+)$/s.exec(label) ?? [];
    if (what === undefined) return [];
    const reason = `the label "${label}"`;
    return [readAcceptance(`${what.trim()}=${reason}`) ?? { rule: label, reason: `${reason}, which cannot be read` }];
  });
}
