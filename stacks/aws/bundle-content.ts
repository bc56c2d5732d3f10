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
    if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
    if (typeof value !== "object" || value === null) return literal(JSON.stringify(value));
    return `{${Object.entries(value)
      .map(([key, entry]) => `${literal(JSON.stringify(key))}:${write(entry)}`)
      .join(",")}}`;
  };
  return write(document);
}
