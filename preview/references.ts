import { spread } from "../model/hash.js";

/** An address at the head of a reference, with what is asked of it: `aws_db_instance.main.address`. */
const REFERENCE = /(?<![\w."$-])(?:data\.)?[a-z]\w*(?:\.[A-Za-z_][\w-]*|\[(?:\d+|"[^"\]]*")\])+/g;
const ALONE = new RegExp(`^\\$\\{(${REFERENCE.source})\\}$`);

/** All templates within a part of a model, as in `${aws_db_instance.main.address}:5432`. */
function templatesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(templatesIn);
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) =>
    name === "terraform" && typeof value === "string" ? [value] : templatesIn(value),
  );
}

/**
 * Whether a part of a model uses a resource.
 * @param address as in `aws_db_instance.main`; an index is left out of account
 */
export function refersTo(part: unknown, address: string): boolean {
  const block = address.replace(/\[.*$/s, "");
  return templatesIn(part).some((template) =>
    [...template.matchAll(REFERENCE)].some(([reference]) =>
      [".", "["].some((sign) => reference.startsWith(block + sign)),
    ),
  );
}

/**
 * A host as a person tells it from others: itself, or the reference that Terraform knows it by. What is around references in a longer
 * expression is not shown, since it may be anything.
 */
export function hostText(host: string | { readonly terraform: string }): string {
  if (typeof host === "string") return host;
  const [, alone] = ALONE.exec(host.terraform) ?? [];
  if (alone !== undefined) return alone;
  const references = [...new Set(host.terraform.match(REFERENCE) ?? [])];
  return references.length === 0
    ? `(known after apply, ${fingerprint(host.terraform)})`
    : `(of ${references.join(", ")}, ${fingerprint(host.terraform)})`;
}

/** Eight digits that tell one expression from another. */
const fingerprint = (text: string): string => spread(text).toString(16).padStart(8, "0");
