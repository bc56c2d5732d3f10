import type { AttributeChange } from "../terraform/attributes.js";
import { rolls, type PlannedChange, type PlanSummary } from "../terraform/summary.js";
import type { Attribute, ClusterChanges, NotPlayed, ResourceRow } from "./schema.js";
import { show } from "./values.js";

/**
 * Attributes whose values are shown, with all that are true or false; of all others only that they change. What the provider or the
 * program calls sensitive is never shown, whatever it is called.
 */
const SHOWN = new Set([
  "instance_type",
  "image_id",
  "min_size",
  "max_size",
  "desired_capacity",
  "spot",
  "internal",
  "port",
  "from_port",
  "to_port",
  "protocol",
  "ip_protocol",
  "cidr_block",
  "cidr_ipv4",
  "destination_cidr_block",
  "availability_zone",
  "path",
  "path_pattern",
  "matcher",
  "healthy_threshold",
  "unhealthy_threshold",
  "interval",
  "timeout",
  "priority",
  "volume_size",
  "volume_type",
  "on_demand_percentage_above_base_capacity",
  "min_healthy_percentage",
  "retention_in_days",
  "key",
  "ssl_policy",
  "name",
  "health_check_type",
  "capacity_rebalance",
  "heartbeat_timeout",
  "default_result",
  "lifecycle_transition",
  "encrypted",
  "http_tokens",
  "map_public_ip_on_launch",
  "connectivity_type",
  "associate_public_ip_address",
  "deregistration_delay",
  "engine",
  "engine_version",
  "instance_class",
  "node_type",
  "allocated_storage",
  "max_allocated_storage",
  "storage_type",
  "iops",
  "throughput",
  "backup_retention_period",
  "identifier",
  "cluster_identifier",
  "db_name",
  "bucket",
  "cidr_ipv6",
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "type",
  "billing_mode",
  "hash_key",
  "range_key",
  "visibility_timeout_seconds",
  "message_retention_seconds",
  "delay_seconds",
  "max_message_size",
]);
const TAGS = /^(tags|tags_all|tag_specifications|tag)\b/;
const HASH =
  /(^|\.)(etag|source_hash|content_base64|user_data|content|checksum\w*|sha256|metadata(\.\w+)?|latest_version|version|version_id|default_version)$/;

/** What a plan does, with noise told from what matters. */
export function infrastructure(
  summary: PlanSummary,
  refused: readonly { readonly address: string; readonly message: string }[],
  notPlayed: readonly NotPlayed[],
): ClusterChanges["infrastructure"] {
  const { counts, changes, outputs } = summary;
  const rolled = rolledFleets(summary);
  return {
    counts,
    resources: changes.map((change) => row(change, rolled)),
    outputs: [...outputs],
    refused: [...refused],
    notPlayed: [...notPlayed],
  };
}

function row(change: PlannedChange, rolled: ReadonlyMap<string, unknown>): ResourceRow {
  const { address, type, name, action, forcedBy, reason, createFirst, movedFrom } = change;
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
    attributes: named.map(told),
    computed: attributes.length - named.length,
    // Another version of a template looks like a hash or like tags, and replaces VMs.
    noise: renews(change) || (type === "aws_launch_template" && rolled.has(name)) ? null : noise(change),
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
export const toldAttributes = ({ attributes, forcedBy }: PlannedChange): Attribute[] =>
  namedOf(attributes, forcedBy).map(told);

function told({ path, sensitive, before, after, unknown }: AttributeChange): Attribute {
  const name = path.split(".").at(-1)?.replace(/\[.*$/, "") ?? path;
  const long = [before, after].some((value) => typeof value === "string" && value.length > 200);
  if (sensitive || long || !(SHOWN.has(name) || [before, after].every(isFlag)))
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

/** Fleets whose VMs the change replaces, since their group has another launch template or version of it, and what is new in that. */
export function rolledFleets({ changes }: PlanSummary): Map<string, string[]> {
  const templates = new Map(changes.filter(({ type }) => type === "aws_launch_template").map((one) => [one.name, one]));
  return new Map(
    changes.filter(renews).map(({ name }) => {
      const paths = templates.get(name)?.attributes.map(({ path }) => path) ?? [];
      return [name, [...new Set(paths.flatMap(wordsOf))].sort()];
    }),
  );
}

/**
 * Of the fleets whose VMs are replaced, those whose services are not certain to be moved before: their group is replaced with all
 * of its VMs, or the leader's programs are others from now on, and the ones that lead meanwhile may not know how to.
 */
export function abruptFleets(plan: PlanSummary): Set<string> {
  const led = plan.changes.some(({ type, name }) => type === "aws_s3_object" && name === "programs");
  const groups = plan.changes.filter(({ type, action }) => type === "aws_autoscaling_group" && action === "replace");
  return new Set(led ? rolledFleets(plan).keys() : groups.map(({ name }) => name));
}

/** What a person calls an attribute of a launch template; nothing for what only counts its versions. */
function wordsOf(path: string): string[] {
  if (path === "user_data") return ["what its VMs boot with changed: see the boot data"];
  if (TAGS.test(path)) return ["tags of its VMs changed"];
  return /^(latest_version|default_version|tags_all)/.test(path) ? [] : [`${path.replace(/[.[].*$/s, "")} changed`];
}

/** Whether its VMs are others afterwards: in batches, or all at once with their group. */
const renews = (change: PlannedChange): boolean =>
  rolls(change) || (change.type === "aws_autoscaling_group" && change.action === "replace");
