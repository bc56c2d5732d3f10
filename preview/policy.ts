import { createHash } from "node:crypto";
import type { PolicyModel, PolicyRule } from "../model/policy.js";
import { describePolicy, PRIVILEGE_KINDS } from "../model/policy.js";
import type { Change, ChangeList, Ruling } from "./schema.js";

/** Something that may pass although a rule is against it. */
export interface Acceptance {
  /** The rule's name, as in `replaces("stateful")`; `replaces` for each of that name; or the short name of one ruling. */
  readonly rule: string;
  /** Id of the change's subject, as in `core` or `fleet:core`; all where it is not said. */
  readonly on?: string;
  readonly reason: string;
}

/** The short name of a ruling. It fits into a label of GitHub's, and is too long to be met by chance or by trying. */
export const RULING_CODE = /^[0-9a-f]{12}$/;

/**
 * The short name of what a rule says of one thing: it is the same in each preview, and no other rule or thing has it.
 * @param scope what the thing is in: the project's folder and the cluster
 */
const codeOf = (scope: readonly string[], rule: string, on: string): string =>
  createHash("sha256")
    .update(JSON.stringify([...scope, rule, on]))
    .digest("hex")
    .slice(0, 12);

/** The short name of a base that cannot be run: whoever takes it upon them lets that commit pass, in that project. */
export const baseCode = (project: string, commit: string | null): string => codeOf([project], "base", commit ?? "");

/**
 * What the rules say of changes: each that one is against, and why it may pass where somebody took it.
 * @param scope what the changes are in: the project's folder and the cluster
 */
export function rule(
  changes: readonly Change[],
  policies: readonly PolicyModel[],
  more: readonly Acceptance[],
  scope: readonly string[],
): Ruling[] {
  const rules = new Map(policies.flatMap(({ block }) => block).map((one) => [describePolicy(one), one]));
  const accepted = [...policies.flatMap(({ accept }) => accept), ...more];
  return [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, one]) =>
      changes
        .filter((change) => isAgainst(one, change))
        .map(({ id, what }): Ruling => {
          const ruling = { rule: name, on: id, what, code: codeOf(scope, name, id) };
          return { ...ruling, accepted: accepted.find((each) => takes(each, ruling))?.reason ?? null };
        }),
    );
}

/** Acceptances that no ruling is like: what they are about does not happen, or not any more. */
export const idleAcceptances = (accepted: readonly Acceptance[], rulings: readonly Ruling[]): ChangeList["idle"] =>
  accepted
    .filter((each) => !rulings.some((ruling) => takes(each, ruling)))
    .map(({ rule: name, on, reason }) => ({ rule: name, on: on ?? null, reason }));

const takes = ({ rule: of, on }: Acceptance, ruling: Pick<Ruling, "rule" | "on" | "code">): boolean =>
  [ruling.rule, ruling.code, ruling.rule.replace(/\(.*$/s, "")].includes(of) &&
  (on === undefined || isOn(on, ruling.on));

/** Whether a name is that of a change's subject: its whole id, or the id without its kind. */
const isOn = (name: string, id: string): boolean => id === name || id.slice(id.indexOf(":") + 1) === name;

/** Whether a rule's name is: a resource of which there are several goes by its address without the key, too. */
const isOf = (name: string, id: string): boolean =>
  isOn(name, id) || (id.startsWith("resource:") && isOn(name, id.replace(/\[.*$/s, "")));

function isAgainst({ rule: kind, of }: PolicyRule, change: Change): boolean {
  const { marks, stateful, id, kind: subject, interrupts } = change;
  const concerns = (): boolean =>
    of === "any" || (of === "stateful" ? stateful || marks.includes("stateful") : of === subject || isOf(of, id));
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
      return ((marks.includes("downtime") || marks.includes("quorum")) && concerns()) || interrupts.includes(of);
    case "raisesPrivilege":
      return PRIVILEGE_KINDS.some((name) => name === of)
        ? marks.includes(`privilege-${of}`)
        : marks.includes("raises-privilege") && concerns();
    case "losesData":
      return ["data-loss", "may-lose-data"].some((mark) => marks.includes(mark)) && concerns();
  }
}
