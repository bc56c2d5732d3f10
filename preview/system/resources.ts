import type { PlanClassifier } from "../../terraform/classifier.js";
import type { PlannedChange, PlanSummary } from "../../terraform/summary.js";
import { toldAttributes } from "../infrastructure.js";
import { refersTo } from "../references.js";
import type { Change } from "../schema.js";
import type { ClusterSide } from "../snapshot.js";
import { names } from "../values.js";
import { caredFor, caring } from "./lifecycle-changes.js";
import { ending, keeping, stopping } from "./stateful-resources.js";
import { joined, opening, subject, type Part } from "./exposure.js";
import { unplayedChange, type Unsimulated } from "./unsimulated.js";

/** What resources are judged with. */
export interface Surroundings {
  readonly base: ClusterSide | undefined;
  readonly head: ClusterSide | undefined;
  readonly notPlayed: readonly Unsimulated[];
  readonly classifier: PlanClassifier;
}

/**
 * What becomes of resources that stand beside the system, and hold data or are open to everybody: databases, buckets, rules and the
 * like of the program's own; and of whatever is its own, where it ends, stops, or is looked after otherwise. What is lost with a
 * volume, and what a gateway opens, is told of those.
 */
export function resourceChanges(plan: PlanSummary, around: Surroundings): Change[] {
  const { classifier } = around;
  const volumes = new Set([around.base, around.head].flatMap((side) => side?.model.volumes.map(({ id }) => id) ?? []));
  const openings = new Set(around.head?.openings);
  const own = new Set([around.base, around.head].flatMap((side) => side?.own ?? []));
  const isOwn = (address: string): boolean => own.has(address.replace(/\[.*$/s, ""));
  const planned = plan.changes.flatMap((change): Change[] => {
    const { address, name, role, stores } = change;
    // Releases are made again from the program; what is lost with a volume is said of the volume.
    const isDerived = role === "cluster-bucket" || (role === "volume" && volumes.has(name));
    const users = (): string[] => usersOf(address, around);
    const kept = isDerived ? undefined : stores;
    const cared = isOwn(address) ? caring(address, plan, kept, users) : [];
    const parts = [
      ...cared,
      ...(kept !== undefined ? keeping(change, kept, users, classifier) : []),
      ...(kept === undefined && isOwn(address)
        ? [...ending(change, users), ...stopping(change, users, classifier)]
        : []),
      ...opened(change, openings),
    ];
    return parts.length === 0 ? [] : [plannedChange(change, kept !== undefined, parts, classifier)];
  });
  const known = new Set(planned.map(({ id }) => id));
  const silent = caredFor(plan).filter((address) => isOwn(address) && !known.has(subject(address).id));
  const cared = silent.map((address) => caredChange(address, plan, around));
  for (const { id } of cared) known.add(id);
  const others = around.notPlayed.flatMap((one) => unplayedChange(one, () => usersOf(one.address, around), classifier));
  return [...planned, ...cared, ...others.filter(({ id }) => !known.has(id))];
}

/** Services that use a resource, by an edge or by a value that comes from it: where it was, and where it is. */
function usersOf(address: string, { base, head }: Surroundings): string[] {
  const services = [base, head].flatMap((side) => side?.model.services ?? []);
  return [...new Set(services.filter((service) => refersTo(service, address)).map(({ id }) => id))].sort();
}

/** What a change opens, but for what is told of edges and gateways. */
function opened({ address, action, opens = [] }: PlannedChange, told: ReadonlySet<string>): Part[] {
  const [part] = told.has(address) ? [] : opening(opens);
  if (part === undefined) return [];
  return [{ ...part, marks: [...(action === "create" ? ["adds"] : []), ...part.marks] }];
}

function plannedChange(
  planned: PlannedChange,
  stateful: boolean,
  parts: readonly Part[],
  classifier: PlanClassifier,
): Change {
  const whole = joined(parts);
  const anew = planned.action === "create" && whole.marks.includes("replaces");
  return {
    ...subject(planned.address),
    action: anew ? "replace" : ACTIONS[planned.action],
    stateful,
    attributes: toldAttributes(planned, classifier),
    why: [anew ? ELSEWHERE : whyOf(planned)],
    ...whole,
  };
}

/** What is looked after otherwise, and of which the plan itself says nothing. */
function caredChange(address: string, plan: PlanSummary, around: Surroundings): Change {
  const kept = around.classifier.stores(address.split(".")[0] ?? "");
  const whole = joined(caring(address, plan, kept, () => usersOf(address, around)));
  const anew = whole.marks.includes("replaces");
  return {
    ...subject(address),
    action: anew ? "replace" : "change",
    stateful: kept !== undefined,
    attributes: [],
    why: [anew ? ELSEWHERE : "lifecycle changed"],
    ...whole,
  };
}

const ELSEWHERE = "its provider works in another place";

const ACTIONS = {
  destroy: "remove",
  replace: "replace",
  forget: "change",
  update: "change",
  create: "add",
  move: "rename",
} as const;

const whyOf = ({ action, forcedBy, reason, attributes }: PlannedChange): string => {
  switch (action) {
    case "destroy":
      return "no longer in the program";
    case "forget":
      return "taken out of the program by a 'removed' block that destroys nothing";
    case "create":
      return "new in the program";
    case "update":
      return `${names([...new Set(attributes.filter(({ unknown, written }) => !unknown || written === true).map(({ path }) => path))])} changed`;
    default:
      return forcedBy.length > 0 ? `${forcedBy.join(", ")} cannot be changed in place` : (reason ?? "it is replaced");
  }
};
