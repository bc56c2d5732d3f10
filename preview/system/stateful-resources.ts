import type { PlanClassifier } from "../../terraform/classifier.js";
import type { PlannedChange } from "../../terraform/summary.js";
import { noise } from "../infrastructure.js";
import { usedBy, type Part } from "./exposure.js";

/** What becomes of what a resource keeps. */
export function keeping(
  planned: PlannedChange,
  kept: string,
  users: () => string[],
  classifier: PlanClassifier,
): Part[] {
  switch (planned.action) {
    case "destroy":
      return [
        {
          weight: "danger",
          effect: [`DATA LOSS: ${kept} is deleted`, ...usedBy(users())],
          interrupts: users(),
          marks: ["destroys", "stateful", "data-loss"],
        },
      ];
    case "replace":
      return [
        {
          weight: "danger",
          effect: [`DATA LOSS: ${kept} is deleted, and an empty one takes its place`, ...usedBy(users())],
          interrupts: users(),
          marks: ["replaces", "stateful", "data-loss"],
        },
      ];
    case "forget":
      return [
        {
          weight: "warning",
          effect: [`${kept} stays as it is, and the program does not look after it any more`, ...usedBy(users())],
          marks: ["stateful"],
        },
      ];
    case "update":
      return noise(planned) === null ? [updated(planned, kept, users, classifier)] : [];
    default:
      return [];
  }
}

function updated(planned: PlannedChange, kept: string, users: () => string[], { downtime }: PlanClassifier): Part {
  const restarting = changedOf(planned, downtime(planned.type).restarts);
  const restart =
    restarting.length > 0
      ? [`it is down for a while for ${restarting.join(" and ")}: in its maintenance window, or at once`]
      : [];
  return {
    weight: "warning",
    effect: [`${kept} is changed in place, and keeps what it has`, ...restart, ...usedBy(users())],
    interrupts: restart.length > 0 ? users() : [],
    marks: ["stateful", ...(restart.length > 0 ? ["downtime"] : [])],
  };
}

/** A VM that is stopped for what changes, and started again. */
export function stopping(planned: PlannedChange, users: () => string[], { downtime }: PlanClassifier): Part[] {
  const changed = planned.action === "update" ? changedOf(planned, downtime(planned.type).stops) : [];
  if (changed.length === 0) return [];
  return [
    {
      weight: "warning",
      effect: [
        `it is stopped for ${changed.join(" and ")}, and started again: it is down meanwhile`,
        ...usedBy(users()),
      ],
      interrupts: users(),
      marks: ["downtime"],
    },
  ];
}

const changedOf = ({ attributes }: PlannedChange, names: readonly string[]): readonly string[] =>
  names.filter((name) => attributes.some(({ path }) => path === name));

/** What ends, and keeps nothing: a VM, a role. */
export function ending({ action, createFirst }: PlannedChange, users: () => string[]): Part[] {
  if (action !== "destroy" && action !== "replace") return [];
  const anew = createFirst ? "another one is made, and then it is destroyed" : "it is destroyed, and made anew";
  return [
    {
      weight: "warning",
      effect: [
        `${action === "replace" ? anew : "it is destroyed"}: what hangs on it is not known offline`,
        ...usedBy(users()),
      ],
      marks: [action === "replace" ? "replaces" : "destroys"],
    },
  ];
}
