/**
 * Who reads a value before a container does, and what has to be escaped in it: nobody (`content`), Compose (`compose`), or
 * Compose and then Swarm, which expands templates in it (`variable`).
 */
export type HoleKind = "content" | "compose" | "variable";

/** A value that only Terraform knows, within a document that is otherwise plain: a template such as `${aws_lb.x.dns_name}`. */
export class Hole {
  constructor(
    readonly template: string,
    readonly kind: HoleKind = "compose",
  ) {}
}

/** A JSON document that may have holes. */
export type Json = string | number | boolean | null | Hole | readonly Json[] | { readonly [key: string]: Json };

/**
 * A document's JSON text in pieces: the text between its holes, and the holes, in order. A hole is known by what it is, and not
 * by how it is written: no text of a document can be taken for one.
 */
export function writeJson(document: Json): (string | Hole)[] {
  const pieces: (string | Hole)[] = [""];
  const append = (piece: string | Hole): void => {
    const last = pieces.length - 1;
    if (typeof piece === "string" && typeof pieces[last] === "string") pieces[last] += piece;
    else pieces.push(piece);
  };
  writeValue(document, append);
  if (typeof pieces.at(-1) !== "string") pieces.push("");
  return pieces;
}

function writeValue(value: Json, append: (piece: string | Hole) => void): void {
  if (value instanceof Hole) return append(value);
  if (!hasHole(value)) return append(JSON.stringify(value));
  const isArray = Array.isArray(value);
  append(isArray ? "[" : "{");
  const entries = Object.entries(value as object).filter(([, entry]) => isArray || entry !== undefined);
  entries.forEach(([key, entry], index) => {
    if (index > 0) append(",");
    if (!isArray) append(`${JSON.stringify(key)}:`);
    writeValue(entry as Json, append);
  });
  append(isArray ? "]" : "}");
}

const hasHole = (value: Json): boolean =>
  value instanceof Hole || (typeof value === "object" && value !== null && Object.values(value).some(hasHole));
