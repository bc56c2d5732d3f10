import { TerraformLocal } from "cdktf";
import { literalTemplate as literal } from "../../model/template.js";
import { Hole, type Json } from "../../node/json.js";
import type { Site } from "./site.js";

/**
 * A document as a Terraform string: JSON text, with `${jsonencode(…)}` where only Terraform knows the value. Such values
 * stand in locals, so that no quoting of ours has to agree with Terraform's. In them too `$` is doubled for Compose,
 * but for those that Compose does not read.
 */
export function bundleContent(site: Site, document: Json): string {
  let holes = 0;
  const write = (value: Json): string => {
    if (value instanceof Hole) {
      const name = `release_value_${++holes}`;
      new TerraformLocal(site.scope, name, value.template).overrideLogicalId(name);
      return value.raw ? `\${jsonencode(local.${name})}` : `\${jsonencode(replace(local.${name}, "$", "$$"))}`;
    }
    // What has no hole, which is nearly all, is written in one piece: `${` and `%{` cannot begin in one text and end in another.
    if (typeof value !== "object" || value === null || !hasHole(value)) return literal(JSON.stringify(value));
    if (isList(value)) return `[${value.map(write).join(",")}]`;
    return `{${Object.entries(value)
      .map(([key, entry]) => `${literal(JSON.stringify(key))}:${write(entry)}`)
      .join(",")}}`;
  };
  return write(document);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function hasHole(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Hole || Object.values(value).some(hasHole);
}
