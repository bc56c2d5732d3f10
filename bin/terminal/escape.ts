/** Control characters, those that turn the direction of text around, and those that are there and not seen. */
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Whole escape sequences, so that no `[31m` is left of them. */
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/g;

/** Text of others, made safe for a terminal. Line ends and tabs stay. */
export function safe(text: string): string {
  return text.replace(SEQUENCE, "").replace(UNSAFE, "");
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safe(text)
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("\t", " ");
}

/** Cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(width - 1, 0)).join("")}…`;
}
