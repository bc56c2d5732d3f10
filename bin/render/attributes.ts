import type { AttributeChange, PlannedChange } from "../../commands/context.js";
import { cut, safeLine } from "../terminal/escape.js";
import { plural } from "../terminal/table.js";

/** How many attributes of one resource are shown. */
const ATTRIBUTES = 8;
/** Up to this many computed ones are named. */
const NAMED = 2;
/** How many lines of a text are shown that come or go. */
const LINES = 6;

/** What of a resource changes, in lines; `hidden` tells what there is beyond them. */
export function attributeLines(
  { attributes, forcedBy }: PlannedChange,
  width: number,
): { readonly lines: readonly string[]; readonly hidden?: string } {
  const isForced = ({ path }: AttributeChange): boolean => forcedBy.includes(path);
  const known = attributes.filter((attribute) => !attribute.unknown || attribute.sensitive || isForced(attribute));
  const unknown = attributes.filter((attribute) => !known.includes(attribute));
  const computed = [...new Set(unknown.map(({ path }) => path.replace(/[.[].*$/, "")))];
  const shown = known.flatMap((attribute) => attribute.inside ?? [attribute]);
  const lines = shown.slice(0, ATTRIBUTES).flatMap((attribute) => describe(attribute, width));
  const more = Math.max(shown.length - ATTRIBUTES, 0);
  const hidden = [
    ...(more > 0 ? [`${more} more`] : []),
    ...(computed.length > NAMED ? [`${computed.length} computed`] : []),
    ...(computed.length > 0 && computed.length <= NAMED ? [`${computed.join(", ")} (known after apply)`] : []),
  ];
  return { lines, ...(hidden.length > 0 && { hidden: `      and ${hidden.join(", ")}` }) };
}

/** On one line where it fits, on more where it does not. */
function describe({ path, sensitive, unknown, before, after }: AttributeChange, width: number): string[] {
  if (!sensitive && !unknown && isText(before) && isText(after)) return describeText(path, before, after, width);
  const [from, to] = unknown || isBlob(before) || isBlob(after) ? [before, after] : withoutPrefix(before, after);
  const values = sensitive
    ? ["(sensitive)"]
    : !unknown && isList(before) && isList(after)
      ? listed(before, after)
      : [show(from), `-> ${unknown ? "(known after apply)" : show(to)}`];
  const line = safeLine(`      ${path}: ${values.join(" ")}`);
  if (line.length <= width) return [line];
  const below = safeLine(`        ${values.join(" ")}`);
  const parts = below.length <= width ? [below] : values.map((value) => safeLine(`        ${value}`));
  return [safeLine(`      ${path}:`), ...parts].map((part) => cut(part, width));
}

/** Two long texts that begin alike are shown from just before where they part. */
function withoutPrefix(before: unknown, after: unknown): readonly [unknown, unknown] {
  if (typeof before !== "string" || typeof after !== "string" || before.includes("\n")) return [before, after];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  if (same < 16 || Math.max(before.length, after.length) < 32) return [before, after];
  return [`…${before.slice(same - 8)}`, `…${after.slice(same - 8)}`];
}

function show(value: unknown): string {
  if (value === null || value === undefined) return "(none)";
  if (isText(value)) return `(${plural(value.split("\n").length, "line")})`;
  if (isBlob(value)) return `(${value.length} characters)`;
  // Of what was computed out of something, nobody reads more than that it is another.
  if (typeof value === "string" && /^[0-9a-f]{32,}$/.test(value)) return `"${value.slice(0, 8)}…"`;
  return JSON.stringify(value);
}

const isText = (value: unknown): value is string => typeof value === "string" && value.includes("\n");

/** Bytes as base64, which nobody reads. */
const isBlob = (value: unknown): value is string =>
  typeof value === "string" && /^[A-Za-z0-9+/]{120,}={0,2}$/.test(value);

const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string" || typeof item === "number");

/** What comes into a list, and what goes out of it. */
function listed(before: readonly unknown[], after: readonly unknown[]): string[] {
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length + come.length === 0) return ["the same in another order"];
  return [
    ...(gone.length > 0 ? [`- ${gone.map(show).join(", ")}`] : []),
    ...(come.length > 0 ? [`+ ${come.map(show).join(", ")}`] : []),
  ];
}

/** The lines that come into a text, and those that go out of it. */
function describeText(path: string, before: string, after: string, width: number): string[] {
  const [from, to] = [before.split("\n"), after.split("\n")];
  const [gone, come] = [without(from, to), without(to, from)];
  const count = gone.length + come.length;
  if (count === 0) return [safeLine(`      ${path}: the same lines, in another order`)];
  if (count > LINES) return [safeLine(`      ${path}: ${plural(gone.length, "line")} out, ${come.length} in`)];
  const lines = [...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)];
  return [`      ${path}:`, ...lines.map((line) => `        ${line}`)].map((line) => cut(safeLine(line), width));
}

/** The items of a list that are not in another, each as often as it is missing there. */
function without<T>(list: readonly T[], other: readonly T[]): T[] {
  const left = [...other];
  return list.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
