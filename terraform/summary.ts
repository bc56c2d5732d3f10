import { changedAttributes, formatPath, type AttributeChange } from "./attributes.js";
import type { Exposure, PlanClassifier, ResourceRole } from "./classifier.js";
import type { PlanJson, ResourceChange } from "./plan-schema.js";

/** In the order in which they are shown: what may hurt comes first. */
export const ACTIONS = ["destroy", "replace", "forget", "update", "create", "move"] as const;

export type PlannedAction = (typeof ACTIONS)[number];

/** What a plan does to one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly action: PlannedAction;
  /** The attributes that force a replacement, as in `machine_type`; empty for all other actions. */
  readonly forcedBy: readonly string[];
  /** Why the engine does it, in words, where it says so. */
  readonly reason?: string;
  /** For a replacement: whether the new one stands before the old one goes. */
  readonly createFirst: boolean;
  readonly movedFrom?: string;
  /** What differs, for an update or a replacement. Without sensitive values. */
  readonly attributes: readonly AttributeChange[];
  /** What it is made with, for a creation. Without sensitive values. */
  readonly madeWith?: readonly AttributeChange[];
  /** What of it is open to everybody, and was not before; absent where nothing is. */
  readonly opens?: readonly Exposure[];
  /** What it is for its cluster; absent for what is the program's own. */
  readonly role?: ResourceRole;
  /** What it stores that exists nowhere else, as in `a database`; absent where it stores nothing. */
  readonly stores?: string;
  /**
   * True for a group of VMs that stays and gets another template, or another version of it: its VMs are then replaced, in batches,
   * with all that is on their disks.
   */
  readonly replacesVms?: true;
}

/** A resource whose provider works in another place than before. */
export interface Relocated {
  readonly address: string;
  /** As in `eu-west-1`. */
  readonly from: string;
  readonly to: string;
}

/** A plan as a person reads it. It holds no sensitive value. */
export interface PlanSummary {
  readonly counts: Readonly<Record<PlannedAction, number>>;
  /** Destroyed and replaced first, then updated, then created; by address within. */
  readonly changes: readonly PlannedChange[];
  /** The names of the outputs that change. */
  readonly outputs: readonly string[];
  /** The addresses that were changed outside of the program. */
  readonly drift: readonly string[];
  /** The addresses of what 'prevent_destroy' guarded before, and does not any more; known where a plan is rehearsed. */
  readonly unguarded?: readonly string[];
  /** What another region or account has from now on, while the old one stays where it is; known where a plan is rehearsed. */
  readonly elsewhere?: readonly Relocated[];
}

/**
 * Sums up the JSON of a plan. What stays as it is and what is only read is left out.
 * @param classifier what the platform knows of the types of resources
 * @param drift the addresses that were changed outside; all that the engine found otherwise than it left it by default, of
 * which much is what AWS fills in
 */
export function summarize(plan: PlanJson, classifier: PlanClassifier, drift?: readonly string[]): PlanSummary {
  const exposed = classifier.exposures(plan.resource_changes);
  const changes = plan.resource_changes
    .map((raw) => toPlannedChange(raw, classifier, exposed(raw)))
    .filter((change) => change !== undefined)
    .sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) || compare(a.address, b.address));
  return {
    counts: countActions(changes),
    changes,
    outputs: Object.keys(plan.output_changes)
      .filter((name) => plan.output_changes[name]?.actions.some((action) => action !== "no-op"))
      .sort(),
    drift: [...(drift ?? plan.resource_drift.map(({ address }) => address))].sort(),
  };
}

/** Whether a resource is replaced only because another one is, whose new value is not known yet. */
export function isDragged({ action, forcedBy, attributes }: PlannedChange): boolean {
  if (action !== "replace" || forcedBy.length === 0) return false;
  const unknown = new Set(attributes.filter((attribute) => attribute.unknown).map(({ path }) => path));
  return forcedBy.every((path) => unknown.has(path));
}

function toPlannedChange(
  raw: ResourceChange,
  classifier: PlanClassifier,
  opens: readonly Exposure[],
): PlannedChange | undefined {
  const action = raw.mode === "managed" ? toAction(raw) : undefined;
  if (action === undefined) return undefined;
  const reason = REASONS[raw.action_reason ?? ""] ?? raw.action_reason?.replaceAll("_", " ");
  const compared = action === "update" || action === "replace";
  const attributes = compared ? changedAttributes(raw.change).map(markWritten(raw)) : [];
  const [role, stores] = [classifier.role(raw), classifier.stores(raw.type)];
  const paths = attributes.map(({ path }) => path);
  return {
    address: raw.address,
    type: raw.type,
    name: raw.name,
    action,
    forcedBy: action === "replace" ? [...new Set((raw.change.replace_paths ?? []).map(formatPath))].sort() : [],
    ...(reason === undefined ? {} : { reason }),
    createFirst: action === "replace" && raw.change.actions[0] === "create",
    ...(raw.previous_address === undefined ? {} : { movedFrom: raw.previous_address }),
    attributes,
    ...(action === "create" && { madeWith: madeWith(raw.change) }),
    ...(opens.length > 0 && { opens }),
    ...(role !== undefined && { role }),
    ...(stores !== undefined && { stores }),
    ...(role === "fleet" && action === "update" && classifier.replacesVms(paths) && { replacesVms: true }),
  };
}

/** Says of an attribute whether the program writes it: of those that are known after the apply alone, the cloud decides all others. */
const markWritten =
  ({ written }: ResourceChange) =>
  (attribute: AttributeChange): AttributeChange =>
    attribute.unknown && isWrittenAt(written, attribute.path) ? { ...attribute, written: true } : attribute;

function isWrittenAt(written: unknown, path: string): boolean {
  const names = path.match(/[\w-]+/g) ?? [];
  const at = names.reduce<unknown>((value, name) => {
    // One block alone needs no list around it.
    if (/^\d+$/.test(name) && !Array.isArray(value)) return value;
    return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  }, written);
  return at !== undefined && at !== null;
}

/** What a new object is made with: what is null, empty or false is mostly not said, and what is unknown is mostly the cloud's to decide. */
function madeWith(change: ResourceChange["change"]): AttributeChange[] {
  const { after } = change;
  if (typeof after !== "object" || after === null) return [];
  const said = Object.entries(after).filter(([, value]) => !isEmpty(value));
  const top = { ...change, before: {}, after: Object.fromEntries(said) };
  return changedAttributes(top).filter(({ path }) => !/^tags_all\b/.test(path));
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || value === false || (Array.isArray(value) && value.length === 0);

function toAction({ change, previous_address }: ResourceChange): PlannedAction | undefined {
  const [first, second] = change.actions;
  if (second !== undefined) return first === "create" && second === "forget" ? "create" : "replace";
  switch (first) {
    case "create":
    case "update":
    case "forget":
      return first;
    case "delete":
      return "destroy";
    case "no-op":
      return previous_address === undefined ? undefined : "move";
    default:
      return undefined;
  }
}

function countActions(changes: readonly PlannedChange[]): Record<PlannedAction, number> {
  const counts = { destroy: 0, replace: 0, forget: 0, update: 0, create: 0, move: 0 };
  for (const { action } of changes) counts[action]++;
  return counts;
}

/** The engine's reasons, in the words of a person. Others are shown as the engine spells them. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_cannot_update: "cannot be changed in place",
  replace_because_tainted: "left half-made by an earlier run",
  replace_by_request: "asked for",
  replace_by_triggers: "something that it depends on is replaced",
  delete_because_no_resource_config: "no longer in the program",
  delete_because_no_module: "no longer in the program",
  delete_because_wrong_repetition: "no longer in the program",
  delete_because_count_index: "no longer in the program",
  delete_because_each_key: "no longer in the program",
  delete_because_no_move_target: "moved to a place that is not in the program",
};

/** By code unit, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
