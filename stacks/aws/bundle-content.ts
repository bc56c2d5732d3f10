import { TerraformLocal } from "cdktf";
import { literalTemplate as literal } from "../../model/template.js";
import { writeJson, type Json } from "../../node/json.js";
import type { Site } from "./site.js";

/**
 * A document as a Terraform string: JSON text, with `${jsonencode(…)}` where only Terraform knows the value. Such values
 * stand in locals, so that no quoting of ours has to agree with Terraform's. In them too `$` is doubled for Compose,
 * but for those that Compose does not read.
 */
export function bundleContent(site: Site, document: Json): string {
  let holes = 0;
  const written = writeJson(document).map((piece) => {
    // Pieces end in JSON's own signs, so that `${` and `%{` cannot begin in one and end in another.
    if (typeof piece === "string") return literal(piece);
    const name = `release_value_${++holes}`;
    new TerraformLocal(site.scope, name, piece.template).overrideLogicalId(name);
    return piece.raw ? `\${jsonencode(local.${name})}` : `\${jsonencode(replace(local.${name}, "$", "$$"))}`;
  });
  return written.join("");
}
