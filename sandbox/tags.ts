import type { Change } from "./plan.js";
import { isObject, isUnknown, UNKNOWN, type Draft } from "./value.js";

/** Plans `tags_all`: the provider's default tags, overlaid by the resource's own. */
export function adjustTags(draft: Draft, { block }: Change, defaults: Readonly<Record<string, string>>): void {
  const { attributes } = block;
  if (attributes?.["tags_all"] === undefined || attributes["tags"] === undefined) return;
  const tags = draft["tags"] ?? null;
  draft["tags_all"] = isUnknown(tags) ? UNKNOWN : { ...defaults, ...(isObject(tags) ? tags : {}) };
}
