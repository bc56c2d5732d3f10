import { acknowledgementOf } from "../model/suppression.js";
import { byText } from "../model/order.js";
import type { AcknowledgementModel } from "../model/schema.js";
import { CheckContext, type CheckInput } from "./context.js";
import { headroom, type FleetHeadroom } from "./placement/headroom.js";
import { RULES } from "./registry.js";
import type { Place, Rule, Severity, Violation } from "./rule.js";

/** One mistake, in one place or in many. */
export interface CheckFinding {
  readonly code: string;
  readonly severity: Severity;
  /** What the rule wants to hold. */
  readonly title: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly places: readonly Place[];
  /** Why the program takes it as it is; null where it does not. */
  readonly acknowledged: string | null;
}

/** What the checks say about a cluster. */
export interface CheckReport {
  readonly cluster: string;
  /** Errors first, those that are acknowledged last. */
  readonly findings: readonly CheckFinding[];
  /** What the program acknowledges and no rule found. */
  readonly unused: readonly AcknowledgementModel[];
  readonly headroom: readonly FleetHeadroom[];
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

type Group = CheckFinding & { readonly places: Place[] };

/** Runs rules over a model. Pure: the same input gives the same report. */
export function runChecks(input: CheckInput, rules: readonly Rule[] = RULES): CheckReport {
  const context = new CheckContext(input);
  const { cluster, acknowledged } = input.model;
  const used = new Set<AcknowledgementModel>();
  const findings: Group[] = [];
  for (const rule of rules) {
    const groups = new Map<string, Group[]>();
    for (const violation of violationsOf(rule, context)) {
      const { at, message, hint = rule.fix } = violation;
      const taken = acknowledgementOf(acknowledged, rule.code, at.on);
      if (taken !== undefined) used.add(taken);
      const reason = taken?.reason ?? null;
      const severity = severityOf(rule, violation, input);
      let alike = groups.get(message);
      if (alike === undefined) groups.set(message, (alike = []));
      let group = alike.find(
        (other) => other.severity === severity && other.hint === hint && other.acknowledged === reason,
      );
      if (group === undefined) {
        group = { code: rule.code, severity, title: rule.title, message, hint, places: [], acknowledged: reason };
        alike.push(group);
        findings.push(group);
      }
      group.places.push(at);
    }
  }
  for (const { places } of findings) places.sort(byPlace);
  return {
    cluster,
    findings: findings.sort(byWeight),
    unused: acknowledged.filter((each) => !used.has(each)),
    headroom: headroom(context.capacity),
  };
}

/** A rule that fails is a finding itself: the others are told all the same. */
function violationsOf(rule: Rule, context: CheckContext): Violation[] {
  try {
    return [...rule.check(context)];
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [{ at: { on: null }, severity: "error", message: `the rule itself failed: ${text}` }];
  }
}

function severityOf(rule: Rule, violation: Violation, { model, rehearsal = false }: CheckInput): Severity {
  if (violation.severity !== undefined) return violation.severity;
  const counts = model.production && !(rehearsal && rule.ofAccount === true);
  return counts ? (rule.inProduction ?? rule.severity) : rule.severity;
}

const byPlace = (a: Place, b: Place): number => byText(a.on ?? "", b.on ?? "") || byText(a.edge ?? "", b.edge ?? "");

function byWeight(a: CheckFinding, b: CheckFinding): number {
  const taken = Number(a.acknowledged !== null) - Number(b.acknowledged !== null);
  return taken || ORDER[a.severity] - ORDER[b.severity] || byText(a.code, b.code) || byText(a.message, b.message);
}
