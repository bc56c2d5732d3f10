/** Control characters, and those that turn the direction of text around. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
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
