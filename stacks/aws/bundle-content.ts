import { TerraformLocal } from "cdktf";
import { literalTemplate as literal } from "../../model/template.js";
import { COMPOSE_ESCAPE, TEMPLATE_ESCAPE, type Escape } from "../../node/escapes.js";
import { writeJson, type HoleKind, type Json } from "../../node/json.js";
import type { Site } from "./context.js";

const ESCAPES: Readonly<Record<HoleKind, readonly Escape[]>> = {
  content: [],
  compose: [COMPOSE_ESCAPE],
  variable: [COMPOSE_ESCAPE, TEMPLATE_ESCAPE],
};

/** An expression of Terraform's for a text in which one is replaced by another. */
const escaped = (value: string, { from, to }: Escape): string =>
  `replace(${value}, ${JSON.stringify(from)}, ${JSON.stringify(to)})`;

/**
 * A document as a Terraform string: JSON text, with `${jsonencode(…)}` where only Terraform knows the value. Such values
 * stand in locals, so that no quoting of ours has to agree with Terraform's. What Compose and Swarm would read in them is
 * escaped by Terraform, as it is in plain texts.
 */
export function bundleContent(site: Site, document: Json): string {
  let holes = 0;
  const written = writeJson(document).map((piece) => {
    // Pieces end in JSON's own signs, so that `${` and `%{` cannot begin in one and end in another.
    if (typeof piece === "string") return literal(piece);
    const name = `release_value_${++holes}`;
    new TerraformLocal(site.scope, name, piece.template).overrideLogicalId(name);
    const value = ESCAPES[piece.kind].reduce(escaped, `local.${name}`);
    return `\${jsonencode(${value})}`;
  });
  return written.join("");
}
