import { plural } from "../values.js";
import { markdown, plain } from "./escape.js";

/** How much a comment tells: the most of each kind. */
export interface Budget {
  readonly rows: number;
  readonly details: number;
  readonly diagram: boolean;
  readonly boot: number;
  readonly attributes: number;
  readonly clusters: number;
  readonly text: number;
}

/** Text of others, cut, and escaped after that, so that no escape is cut in two. */
export function short(text: string, { text: most }: Budget): string {
  const clean = [...plain(text)];
  return markdown(clean.length <= most ? clean.join("") : `${clean.slice(0, most - 1).join("")}…`);
}

/** Says how many more there are than are told. */
export function more(lines: string[], count: number, one: string): void {
  if (count > 0) lines.push(`- and ${plural(count, `more ${one}`)}`);
}
