/** Begins the text that stands for a hole in JSON. No program has it in a text of its own, unless to break itself. */
const MARK = "\u0001lightfleet:hole:";
const MARKED = /"\\u0001lightfleet:hole:(content|compose|variable):((?:[^"\\]|\\.)*)"/g;

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

  toJSON(): string {
    return `${MARK}${this.kind}:${this.template}`;
  }
}

/** A JSON document that may have holes. */
export type Json = string | number | boolean | null | Hole | readonly Json[] | { readonly [key: string]: Json };

/** A document's JSON text in pieces: the text between its holes, and the holes, in order. */
export function writeJson(document: Json): (string | Hole)[] {
  const text = JSON.stringify(document);
  const pieces: (string | Hole)[] = [];
  let end = 0;
  for (const { 0: all, 1: kind, 2: template, index } of text.matchAll(MARKED)) {
    pieces.push(text.slice(end, index), new Hole(String(JSON.parse(`"${template}"`)), kind as HoleKind));
    end = index + all.length;
  }
  return [...pieces, text.slice(end)];
}
