import { explain, type Explanation } from "../checks/page.js";
import { RULES } from "../checks/registry.js";
import { LightfleetError } from "../errors/error.js";
import type { ClusterChecks, Counts } from "../operations/checks/evaluate.js";
import { countFindings } from "../operations/checks/evaluate.js";
import type { CommandContext } from "../operations/context.js";
import { selectClusters } from "../operations/engine/select-clusters.js";
import { synthesize } from "../operations/synthesis/synthesize.js";

export type { Explanation } from "../checks/page.js";
export type { ClusterChecks, Counts, LocatedFinding } from "../operations/checks/evaluate.js";

export interface CheckOptions {
  /** Clusters to check; all of the program where empty. */
  readonly clusters: readonly string[];
  /** Explain this rule, and check nothing. */
  readonly explain: string | undefined;
  /** The day to check for, as in `"2026-11-24"`; today where it is not said. */
  readonly date: string | undefined;
}

export interface CheckResult extends Counts {
  readonly clusters: readonly ClusterChecks[];
  /** The rule that was asked for; nothing was checked then. */
  readonly rule?: Explanation;
}

/**
 * Runs the project's program, and all rules over what it describes.
 * @throws LF057 for a name of no cluster, LF064 for a rule that there is none of, LF050 for a day that is none, and what running the program throws
 */
export async function check(options: CheckOptions, context: CommandContext): Promise<CheckResult> {
  const none = { clusters: [], ...countFindings([]) };
  if (options.explain !== undefined) return { ...none, rule: await explainRule(options.explain, context) };
  if (options.date !== undefined && !isDate(options.date))
    throw new LightfleetError(`'--date' (${options.date}) must be a day, as in 2026-11-24`, {
      code: "LF050",
      kind: "usage",
    });
  const { clusters, checks } = await synthesize(context, {
    gate: false,
    ...(options.date !== undefined && { today: options.date }),
  });
  const { clusters: names } = options;
  if (names.length > 0) selectClusters(clusters, names);
  const selected = checks.filter(({ cluster }) => names.length === 0 || names.includes(cluster));
  return { clusters: selected, ...countFindings(selected) };
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** A rule of Lightfleet's, or else one that the program adds. */
async function explainRule(code: string, context: CommandContext): Promise<Explanation> {
  const own = RULES.find((rule) => rule.code === code.toUpperCase());
  if (own !== undefined) return explain(own);
  const added = code.toUpperCase().startsWith("LF") ? [] : (await synthesize(context, { gate: false })).rules;
  const found = added.find((rule) => rule.code === code.toUpperCase());
  if (found !== undefined) return explain(found);
  throw new LightfleetError(`there is no rule ${code}`, {
    code: "LF064",
    kind: "usage",
    hint: `rules are ${RULES[0]?.code} to ${RULES.at(-1)?.code}, and those that a program adds`,
  });
}
