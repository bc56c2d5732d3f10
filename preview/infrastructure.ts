import type { AttributeChange } from "../terraform/attributes.js";
import type { PlanClassifier } from "../terraform/classifier.js";
import type { PlannedChange, PlanSummary } from "../terraform/summary.js";
import type { Attribute, ClusterChanges, ResourceRow } from "./schema.js";
import type { Unsimulated } from "./system/unsimulated.js";
import { show } from "./values.js";

const TAGS = /^(tags|tags_all|tag_specifications|tag)\b/;
const HASH =
  /(^|\.)(etag|source_hash|content_base64|user_data|content|checksum\w*|sha256|metadata(\.\w+)?|latest_version|version|version_id|default_version)$/;

/** What a plan does, with noise told from what matters. */
export function infrastructure(
  summary: PlanSummary,
  refused: readonly { readonly address: string; readonly message: string }[],
  notPlayed: readonly Unsimulated[],
  classifier: PlanClassifier,
): ClusterChanges["infrastructure"] {
  const { counts, changes, outputs } = summary;
  const rolled = rolledFleets(summary, classifier);
  return {
    counts,
    resources: changes.map((change) => row(change, rolled, classifier)),
    outputs: [...outputs],
    refused: [...refused],
    notPlayed: notPlayed.map((one) => ({ ...one, opens: one.opens.map(({ text }) => text) })),
  };
}

function row(change: PlannedChange, rolled: ReadonlyMap<string, unknown>, classifier: PlanClassifier): ResourceRow {
  const { address, type, name, role, action, forcedBy, reason, createFirst, movedFrom } = change;
  const attributes = change.madeWith ?? change.attributes;
  const named = namedOf(attributes, forcedBy);
  return {
    address,
    type,
    action,
    forcedBy: [...forcedBy],
    reason: reason ?? null,
    createFirst,
    movedFrom: movedFrom ?? null,
    attributes: named.map((one) => told(one, classifier)),
    computed: attributes.length - named.length,
    // Another version of a template looks like a hash or like tags, and replaces VMs.
    noise: renews(change) || (role === "fleet-template" && rolled.has(name)) ? null : noise(change),
  };
}

/** Why an update is folded away; null for what matters. A move is never noise: nothing else tells of it. */
export function noise({ action, movedFrom, attributes, forcedBy }: PlannedChange): ResourceRow["noise"] {
  if (action !== "update" || movedFrom !== undefined) return null;
  return noiseOf(attributes, namedOf(attributes, forcedBy));
}

/** Without what only the cloud decides: what the program writes is none of that, also where its value is known after the apply alone. */
const namedOf = (attributes: readonly AttributeChange[], forcedBy: readonly string[]): AttributeChange[] =>
  attributes.filter(({ unknown, written, path }) => !unknown || written === true || forcedBy.includes(path));

/** What differs, with values from the allow-list. */
export const toldAttributes = ({ attributes, forcedBy }: PlannedChange, classifier: PlanClassifier): Attribute[] =>
  namedOf(attributes, forcedBy).map((one) => told(one, classifier));

function told({ path, sensitive, before, after, unknown }: AttributeChange, { isShown }: PlanClassifier): Attribute {
  const name = path.split(".").at(-1)?.replace(/\[.*$/, "") ?? path;
  const long = [before, after].some((value) => typeof value === "string" && value.length > 200);
  if (sensitive || long || !(isShown(name) || [before, after].every(isFlag)))
    return {
      name: path,
      before: before === null ? null : "set",
      after: unknown ? "(known after apply)" : after === null ? null : before === null ? "set" : "changed",
    };
  return { name: path, before: shown(before), after: unknown ? "(known after apply)" : shown(after) };
}

const isFlag = (value: unknown): boolean => typeof value === "boolean" || value === null || value === undefined;

/** What hangs on something that is not played through has a stand-in in place of its value. */
const shown = (value: unknown): string | null =>
  JSON.stringify(value ?? null).includes("(not worked out: ") ? "(known after apply)" : show(value);

function noiseOf(all: readonly AttributeChange[], named: readonly AttributeChange[]): ResourceRow["noise"] {
  if (named.length === 0) return all.some(({ path }) => !HASH.test(path)) ? "computed" : "hash";
  if (all.every(({ path }) => TAGS.test(path))) return "tags";
  if (named.every((attribute) => TAGS.test(attribute.path) || sameSet(attribute.before, attribute.after)))
    return named.some(({ path }) => !TAGS.test(path)) ? "order" : "tags";
  return named.every(({ path }) => /(^|\.)(etag|source_hash|checksum\w*|version_id|tags_all\b.*)$/.test(path))
    ? "hash"
    : null;
}

/** Whether two lists hold the same in another order. */
function sameSet(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const sorted = (list: readonly unknown[]): string => JSON.stringify(list.map((item) => JSON.stringify(item)).sort());
  return sorted(before) === sorted(after);
}

/** Fleets whose VMs the change replaces, since their group has another template or version of it, and what is new in that. */
export function rolledFleets({ changes }: PlanSummary, { describeTemplate }: PlanClassifier): Map<string, string[]> {
  const templates = new Map(changes.filter(({ role }) => role === "fleet-template").map((one) => [one.name, one]));
  return new Map(
    changes.filter(renews).map(({ name }) => {
      const paths = templates.get(name)?.attributes.map(({ path }) => path) ?? [];
      return [name, [...new Set(paths.flatMap((path) => describeTemplate(path) ?? []))].sort()];
    }),
  );
}

/**
 * Of the fleets whose VMs are replaced, those whose services are not certain to be moved before: their group is replaced with all
 * of its VMs, or the leader's programs are others from now on, and the ones that lead meanwhile may not know how to.
 */
export function abruptFleets({ changes }: PlanSummary): Set<string> {
  const isLed = changes.some(({ role }) => role === "programs");
  const abrupt = isLed ? changes.filter(renews) : changes.filter(isReplacedFleet);
  return new Set(abrupt.map(({ name }) => name));
}

const isReplacedFleet = ({ role, action }: PlannedChange): boolean => role === "fleet" && action === "replace";

/** Whether its VMs are others afterwards: in batches, or all at once with their group. */
const renews = (change: PlannedChange): boolean => change.replacesVms === true || isReplacedFleet(change);
