import { document } from "./embedded-json.js";
import { byIdentity } from "./list-keys.js";
import type { ValueChange } from "./plan-schema.js";
import { isRecord } from "../lib/records.js";

/** One attribute that a plan changes. Sensitive values are left out, whatever their depth. */
export interface AttributeChange {
  /** As in `tag[0].value`. */
  readonly path: string;
  readonly sensitive: boolean;
  /** Whether the new value is known after the apply only. */
  readonly unknown: boolean;
  /** Whether the program itself writes it; known where a plan is rehearsed. */
  readonly written?: boolean;
  /** Absent where the attribute is sensitive. */
  readonly before?: unknown;
  /** Absent where the attribute is sensitive or unknown. */
  readonly after?: unknown;
  /** Where both are JSON documents as text: what differs inside of them, with paths that begin with the attribute's. */
  readonly inside?: readonly AttributeChange[];
}

/** A path in the words of the language, as in `ingress[0].cidr_blocks`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!/^[\w-]+$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}

/** Each attribute that differs between before and after, in the order of their names. */
export function changedAttributes(change: ValueChange): AttributeChange[] {
  const found: AttributeChange[] = [];
  walk([], change.before, change.after, change.after_unknown, [change.before_sensitive, change.after_sensitive], found);
  return withoutEchoes(found);
}

/**
 * `tags_all` repeats what is in `tags`: what says the same a second time is left out, and what is sensitive there is so
 * here, although the engine does not know.
 */
function withoutEchoes(found: readonly AttributeChange[]): AttributeChange[] {
  const tags = found.filter(({ path }) => /^tags\b/.test(path));
  const isEcho = ({ path }: AttributeChange): boolean => {
    const original = path.replace(/^tags_all\b/, "tags");
    return original !== path && tags.some((tag) => tag.path === original || (tag.sensitive && tag.path === "tags"));
  };
  return found.filter((attribute) => !isEcho(attribute));
}

function walk(
  path: readonly (string | number)[],
  before: unknown,
  after: unknown,
  unknown: unknown,
  marks: readonly [unknown, unknown],
  found: AttributeChange[],
): void {
  const hidden = marks[0] === true || marks[1] === true;
  if (!hidden && unknown !== true && descends(before, after, unknown)) {
    const listed = holdsTrue([unknown, ...marks]) ? undefined : byIdentity(before, after);
    if (listed !== undefined) {
      for (const [key, [from, to]] of listed) walkEntry([...path, key], from, to, found);
      return;
    }
    for (const key of keysOf(before, after, unknown)) {
      const into = (value: unknown): unknown => child(value, key);
      const next = [into(marks[0]), into(marks[1])] as const;
      walk([...path, key], into(before), into(after), into(unknown), next, found);
    }
    return;
  }
  const isUnknown = holdsTrue(unknown);
  if (!isUnknown && same(before, after)) return;
  const sensitive = holdsTrue(marks[0]) || holdsTrue(marks[1]);
  found.push({
    path: formatPath(path),
    sensitive,
    unknown: isUnknown,
    ...(sensitive ? {} : { before: before ?? null }),
    ...(sensitive || isUnknown ? {} : { after: after ?? null, ...insideOf(path, before, after) }),
  });
}

/** What differs between two JSON documents that are attributes as text, as policies and bundles are. */
function insideOf(
  path: readonly (string | number)[],
  before: unknown,
  after: unknown,
): { readonly inside?: readonly AttributeChange[] } {
  const [from, to] = [document(before), document(after)];
  if (from === undefined || to === undefined) return {};
  const inside: AttributeChange[] = [];
  walk(path, from, to, undefined, [undefined, undefined], inside);
  return inside.length > 0 && inside[0]?.path !== formatPath(path) ? { inside } : {};
}

/** An entry of a list of named things. One that comes or goes does so as a whole. */
function walkEntry(
  path: readonly (string | number)[],
  before: unknown,
  after: unknown,
  found: AttributeChange[],
): void {
  if (before !== undefined && after !== undefined) walk(path, before, after, undefined, [undefined, undefined], found);
  else
    found.push({
      path: formatPath(path),
      sensitive: false,
      unknown: false,
      before: before ?? null,
      after: after ?? null,
    });
}

/**
 * Objects are compared by key, lists of objects by what they are named after, or by place where they are as long as before;
 * all else as a whole.
 */
function descends(before: unknown, after: unknown, unknown: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    if (!holdsTrue(unknown) && byIdentity(before, after) !== undefined) return true;
    return before.length === after.length && [...before, ...after].every(isRecord);
  }
  if (isRecord(before)) return isRecord(after);
  return (before === null || before === undefined) && isRecord(after) && !Array.isArray(unknown);
}

function keysOf(before: unknown, after: unknown, unknown: unknown): (string | number)[] {
  if (Array.isArray(before)) return [...before.keys()];
  const names = [before, after, unknown].filter(isRecord).flatMap((value) => Object.keys(value));
  return [...new Set(names)].sort();
}

function child(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  return isRecord(value) ? value[key] : undefined;
}

/** Whether a tree of marks is true anywhere. */
function holdsTrue(marks: unknown): boolean {
  if (marks === true) return true;
  if (Array.isArray(marks)) return marks.some(holdsTrue);
  return isRecord(marks) && Object.values(marks).some(holdsTrue);
}

/**
 * Equality of JSON values, whatever the order of keys. Absent and null are the same to an engine, and null and an empty text are to
 * providers of the older SDK: when something else changes, they plan the one where the state has the other.
 */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => same(value, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
  }
  return (a ?? null) === (b ?? null) || (a === null && b === "") || (a === "" && b === null);
}
