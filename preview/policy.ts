import type { PolicyModel, PolicyRule } from "../model/policy.js";
import { describePolicy } from "../model/policy.js";
import type { Change, Ruling } from "./schema.js";

/** Something that may pass although a rule is against it. */
export interface Acceptance {
  /** The rule's name, as in `replaces("stateful")`, or `*` for any. */
  readonly rule: string;
  /** Id of the change's subject, as in `core` or `fleet:core`; all where it is not said. */
  readonly on?: string;
  readonly reason: string;
}

/** What the rules say of changes: each that one is against, and why it may pass where somebody took it. */
export function rule(
  changes: readonly Change[],
  policies: readonly PolicyModel[],
  more: readonly Acceptance[],
): Ruling[] {
  const rules = new Map(policies.flatMap(({ block }) => block).map((one) => [describePolicy(one), one]));
  const accepted = [...policies.flatMap(({ accept }) => accept), ...more];
  return [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, one]) =>
      changes
        .filter((change) => isAgainst(one, change))
        .map(({ id, what }): Ruling => {
          const taken = accepted.find(
            ({ rule: of, on }) =>
              (of === name || of === "*" || of === one.rule) &&
              (on === undefined || id === on || id.endsWith(`:${on}`)),
          );
          return { rule: name, on: id, what, accepted: taken?.reason ?? null };
        }),
    );
}

function isAgainst({ rule: kind, of }: PolicyRule, change: Change): boolean {
  const { marks, stateful, id, kind: subject } = change;
  const concerns = (): boolean =>
    of === "any" ||
    (of === "stateful" ? stateful || marks.includes("stateful") : of === subject || id === of || id.endsWith(`:${of}`));
  switch (kind) {
    case "replaces":
      return ["replaces", "may-replace"].some((mark) => marks.includes(mark)) && concerns();
    case "destroys":
      return marks.includes("destroys") && concerns();
    case "opensEdge":
      return of === "public"
        ? marks.includes("opens-public")
        : of === "outside"
          ? marks.includes("opens-outside")
          : marks.includes("opens-edge") && concerns();
    case "interrupts":
      return (marks.includes("downtime") || marks.includes("quorum")) && concerns();
    case "losesData":
      return ["data-loss", "may-lose-data"].some((mark) => marks.includes(mark)) && concerns();
  }
}
