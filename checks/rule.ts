import type { CheckContext } from "./context.js";

/** How bad a finding is: an error ends synth and deploy, a warning and a note are shown. */
export type Severity = "error" | "warning" | "note";

/** What a violation is about. */
export interface Place {
  /** Id of the fleet, service or gateway, or null for the cluster as a whole. */
  readonly on: string | null;
  /** Environment variable of the edge, where it is about one edge of the service. @default the place is the service */
  readonly edge?: string;
  /** What is so at this place, where the message speaks for many. @default nothing more */
  readonly detail?: string;
}

/** One place where a rule is broken. */
export interface Violation {
  /** Where it is. */
  readonly at: Place;
  /** What is wrong, lower case, without a full stop. Violations of one rule with one message become one finding. */
  readonly message: string;
  /** What to do about it, where it can be told more exactly. @default the rule's own `fix` */
  readonly hint?: string;
  /** How bad it is here. @default the rule's own severity */
  readonly severity?: Severity;
}

/**
 * A rule over a model: pure, so that the same program has the same findings on every machine.
 * Lightfleet's own and those that a program adds by `app.addRule(…)` have this one interface.
 */
export interface Rule {
  /** Permanent code, as in `LF101`; `LF` is for Lightfleet's own. */
  readonly code: string;
  /** How bad a finding is. */
  readonly severity: Severity;
  /** How bad it is in a cluster that is marked `production`. @default as elsewhere */
  readonly inProduction?: Severity;
  /** Whether it asks for what an account alone can give: in the sandbox, which has its own, production makes it no worse. @default false */
  readonly ofAccount?: boolean;
  /** One line: what is to hold. */
  readonly title: string;
  /** Why that matters, in a few sentences: the page of the rule is made from them. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** Yields what breaks it, in any order. */
  check(context: CheckContext): Iterable<Violation>;
}
