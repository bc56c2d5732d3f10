import { keptBy } from "../../terraform/keepers.js";
import type { PlannedChange, PlanSummary } from "../../terraform/summary.js";
import { noise, toldAttributes } from "../infrastructure.js";
import { refersTo } from "../references.js";
import type { Change, NotPlayed } from "../schema.js";
import type { ClusterSide } from "../side.js";
import { names } from "../values.js";
import { subject, unplayedChange, usedBy } from "./unplayed.js";

/** The cluster's own bucket: releases are made anew from the program, and the status is what managers say. */
const OWN_BUCKET = "aws_s3_bucket.cluster";

/** What resources are judged with. */
export interface Surroundings {
  readonly base: ClusterSide | undefined;
  readonly head: ClusterSide | undefined;
  readonly notPlayed: readonly NotPlayed[];
}

/**
 * What becomes of resources that stand beside the system, and hold data or are open to everybody: databases, buckets, rules and the
 * like of the program's own; and of whatever is its own, where it ends. What is lost with a volume, and what a gateway opens, is told
 * of those.
 */
export function resourceChanges({ changes }: PlanSummary, around: Surroundings): Change[] {
  const volumes = new Set(
    [around.base, around.head].flatMap(
      (side) => side?.model.volumes.map(({ id }) => `aws_efs_file_system.${id}`) ?? [],
    ),
  );
  const openings = new Set(around.head?.openings);
  const own = new Set([around.base, around.head].flatMap((side) => side?.own ?? []));
  const planned = changes.flatMap((change): Change[] => {
    const ours = change.address === OWN_BUCKET || volumes.has(change.address);
    const kept = ours ? undefined : keptBy(change.type);
    const opens = openings.has(change.address) ? [] : (change.opens ?? []);
    const users = (): string[] => usersOf(change.address, around);
    const isOwn = own.has(change.address.replace(/\[.*$/s, ""));
    const made = plannedChange(change, kept, opens, users) ?? (isOwn ? ending(change, users) : undefined);
    return made === undefined ? [] : [made];
  });
  const known = new Set(planned.map(({ id }) => id));
  const others = around.notPlayed.flatMap((one) => unplayedChange(one, () => usersOf(one.address, around)));
  return [...planned, ...others.filter(({ id }) => !known.has(id))];
}

/** Services that use a resource, by an edge or by a value that comes from it: where it was, and where it is. */
function usersOf(address: string, { base, head }: Surroundings): string[] {
  const services = [base, head].flatMap((side) => side?.model.services ?? []);
  return [...new Set(services.filter((service) => refersTo(service, address)).map(({ id }) => id))].sort();
}

type Part = Pick<Change, "weight" | "effect" | "marks"> & Partial<Pick<Change, "interrupts">>;
const QUIET: Part = { weight: "plain", effect: [], marks: [] };

function plannedChange(
  planned: PlannedChange,
  kept: string | undefined,
  opens: readonly string[],
  users: () => string[],
): Change | undefined {
  const parts = [kept === undefined ? QUIET : keeping(planned, kept, users), opening(planned, opens)];
  if (parts.every(({ effect }) => effect.length === 0)) return undefined;
  return {
    ...subject(planned.address),
    action: ACTIONS[planned.action],
    weight: parts.some(({ weight }) => weight === "danger") ? "danger" : "warning",
    stateful: kept !== undefined,
    attributes: toldAttributes(planned),
    why: [whyOf(planned)],
    effect: parts.flatMap(({ effect }) => effect),
    interrupts: parts.flatMap(({ interrupts = [] }) => interrupts),
    marks: [...new Set(parts.flatMap(({ marks }) => marks))],
  };
}

const ACTIONS = {
  destroy: "remove",
  replace: "replace",
  forget: "change",
  update: "change",
  create: "add",
  move: "rename",
} as const;

/** What becomes of what a resource keeps. */
function keeping(planned: PlannedChange, kept: string, users: () => string[]): Part {
  switch (planned.action) {
    case "destroy":
      return {
        weight: "danger",
        effect: [`DATA LOSS: ${kept} is deleted`, ...usedBy(users())],
        interrupts: users(),
        marks: ["destroys", "stateful", "data-loss"],
      };
    case "replace":
      return {
        weight: "danger",
        effect: [`DATA LOSS: ${kept} is deleted, and an empty one takes its place`, ...usedBy(users())],
        interrupts: users(),
        marks: ["replaces", "stateful", "data-loss"],
      };
    case "forget":
      return {
        weight: "warning",
        effect: [`${kept} stays as it is, and the program does not look after it any more`, ...usedBy(users())],
        marks: ["stateful"],
      };
    case "update":
      return noise(planned) === null ? updated(planned, kept, users) : QUIET;
    default:
      return QUIET;
  }
}

/**
 * What AWS documents as an outage of a database, in "Settings for DB instances" of the RDS user guide: it comes in the maintenance
 * window, or at once with `apply_immediately`.
 */
const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["engine_version", "instance_class"],
};

function updated({ type, attributes }: PlannedChange, kept: string, users: () => string[]): Part {
  const restarting = (RESTARTS[type] ?? []).filter((name) => attributes.some(({ path }) => path === name));
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

/** What ends, and keeps nothing: a VM, a role. */
function ending(planned: PlannedChange, users: () => string[]): Change | undefined {
  const { action, createFirst } = planned;
  if (action !== "destroy" && action !== "replace") return undefined;
  const anew = createFirst ? "another one is made, and then it is destroyed" : "it is destroyed, and made anew";
  return {
    ...subject(planned.address),
    action: ACTIONS[action],
    weight: "warning",
    stateful: false,
    attributes: toldAttributes(planned),
    why: [whyOf(planned)],
    effect: [
      `${action === "replace" ? anew : "it is destroyed"}: what hangs on it is not known offline`,
      ...usedBy(users()),
    ],
    interrupts: [],
    marks: [action === "replace" ? "replaces" : "destroys"],
  };
}

/** What everybody can reach from now on. */
const opening = ({ action }: PlannedChange, opens: readonly string[]): Part =>
  opens.length === 0
    ? QUIET
    : {
        weight: opens.some((what) => what === PUBLIC) ? "danger" : "warning",
        effect: [`open to everybody: ${opens.join(", ")}`],
        marks: [...(action === "create" ? ["adds"] : []), "opens-public"],
      };
const PUBLIC = "a public address";

const whyOf = ({ action, forcedBy, reason, attributes }: PlannedChange): string => {
  switch (action) {
    case "destroy":
      return "no longer in the program";
    case "forget":
      return "taken out of the program by a 'removed' block that destroys nothing";
    case "create":
      return "new in the program";
    case "update":
      return `${names([...new Set(attributes.filter(({ unknown }) => !unknown).map(({ path }) => path))])} changed`;
    default:
      return forcedBy.length > 0 ? `${forcedBy.join(", ")} cannot be changed in place` : (reason ?? "it is replaced");
  }
};
