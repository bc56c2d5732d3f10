import type { AttributeChange } from "../terraform/attributes.js";
import type { PlannedChange, PlanSummary } from "../terraform/summary.js";
import type { Attribute, ClusterChanges, ResourceRow } from "./schema.js";
import { show } from "./values.js";

/** Attributes whose values are shown; of all others only that they change. */
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
]);
const TAGS = /^(tags|tags_all|tag_specifications|tag)\b/;
const HASH =
  /(^|\.)(etag|source_hash|content_base64|user_data|content|checksum\w*|sha256|metadata(\.\w+)?|latest_version|version|version_id|default_version)$/;

/** What a plan does, with noise told from what matters. */
export function infrastructure(
  { counts, changes, outputs }: PlanSummary,
  refused: readonly { readonly address: string; readonly message: string }[],
  notPlayed: readonly string[],
): ClusterChanges["infrastructure"] {
  return {
    counts,
    resources: changes.map(row),
    outputs: [...outputs],
    refused: [...refused],
    notPlayed: [...notPlayed],
  };
}

function row(change: PlannedChange): ResourceRow {
  const { address, type, action, forcedBy, reason, createFirst, movedFrom, attributes } = change;
  const named = attributes.filter((attribute) => !attribute.unknown || forcedBy.includes(attribute.path));
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
    // Another version of a template looks like a hash, and replaces VMs.
    noise: rolls(change)
      ? null
      : action === "update"
        ? noiseOf(attributes, named)
        : action === "move"
          ? "computed"
          : null,
  };
}

function told({ path, sensitive, before, after, unknown }: AttributeChange): Attribute {
  const name = path.split(".").at(-1)?.replace(/\[.*$/, "") ?? path;
  const long = typeof before === "string" && before.length > 200;
  if (sensitive || !SHOWN.has(name) || long)
    return {
      name: path,
      before: before === null ? null : "set",
      after: unknown ? "(known after apply)" : after === null ? null : "changed",
    };
  return { name: path, before: show(before), after: unknown ? "(known after apply)" : show(after) };
}

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

/** Fleets whose VMs the change replaces: their group has another launch template, or another version of it. */
export const rolledFleets = ({ changes }: PlanSummary): Set<string> =>
  new Set(changes.filter(rolls).map(({ name }) => name));

const rolls = ({ type, action, attributes }: PlannedChange): boolean =>
  type === "aws_autoscaling_group" &&
  (action === "replace" ||
    (action === "update" && attributes.some(({ path }) => /^(launch_template|mixed_instances_policy)\b/.test(path))));
