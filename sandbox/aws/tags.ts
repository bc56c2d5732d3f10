import type { Change } from "../change.js";
import { isObject, isUnknown, objects, textMap, UNKNOWN, type Draft, type ObjectValue } from "../value.js";

/** Types of which the provider tells before they are made that they will have no tags. */
const plansNoTags = new Set(["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"]);

/** Plans `tags_all`: the provider's default tags, overlaid by the resource's own. */
export function adjustTags(
  type: string,
  draft: Draft,
  { block, prior }: Change,
  defaults: Readonly<Record<string, string>>,
): void {
  const { attributes } = block;
  if (attributes?.["tags_all"] === undefined || attributes["tags"] === undefined) return;
  const tags = draft["tags"] ?? null;
  if (isUnknown(tags)) {
    draft["tags_all"] = UNKNOWN;
    return;
  }
  const all = { ...(overriddenTags(draft) ?? defaults), ...(isObject(tags) ? tags : {}) };
  if (Object.keys(all).length > 0) draft["tags_all"] = all;
  else if (prior === null && plansNoTags.has(type)) draft["tags_all"] = {};
  else if (prior !== null)
    draft["tags_all"] =
      isObject(prior["tags_all"]) && Object.keys(prior["tags_all"]).length > 0 ? {} : (prior["tags_all"] ?? null);
}

/** The tags of objects that the provider is told to take in place of its default ones; undefined where it is told nothing. */
function overriddenTags(attributes: ObjectValue): Record<string, string> | undefined {
  const [override] = objects(attributes["override_provider"]);
  const [defaults] = objects(override?.["default_tags"]);
  if (defaults === undefined) return undefined;
  return isObject(defaults["tags"]) ? textMap(defaults["tags"]) : {};
}
