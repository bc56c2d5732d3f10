import type { PlannedChange } from "../../terraform/summary.js";
import { noise } from "../infrastructure.js";
import { usedBy, type Part } from "./exposure.js";

/** What becomes of what a resource keeps. */
export function keeping(planned: PlannedChange, kept: string, users: () => string[]): Part[] {
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
      return noise(planned) === null ? [updated(planned, kept, users)] : [];
    default:
      return [];
  }
}

/**
 * What AWS documents as an outage of a database, in "Settings for DB instances" of the RDS user guide: it comes in the maintenance
 * window, or at once with `apply_immediately`.
 */
const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["engine_version", "instance_class"],
};

function updated(planned: PlannedChange, kept: string, users: () => string[]): Part {
  const restarting = changedOf(planned, RESTARTS);
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

/** What the provider stops a VM for, and starts it again afterwards. */
const STOPS: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ["instance_type", "user_data", "user_data_base64"],
};

/** A VM that is stopped for what changes, and started again. */
export function stopping(planned: PlannedChange, users: () => string[]): Part[] {
  const changed = planned.action === "update" ? changedOf(planned, STOPS) : [];
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

const changedOf = (
  { type, attributes }: PlannedChange,
  table: Readonly<Record<string, readonly string[]>>,
): readonly string[] => (table[type] ?? []).filter((name) => attributes.some(({ path }) => path === name));

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
