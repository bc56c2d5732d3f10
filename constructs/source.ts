import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceLocation } from "../errors/error.js";

/** A stack captured where a construct was declared. It is formatted only when a finding needs the line. */
export interface Capture {
  readonly stack?: string;
}

/** Enough to step over our own frames above the user's, and to find who called a function of theirs. */
const FRAMES = 12;
/** Calls that are told of a place. */
const CALLERS = 3;
const FRAME = /(?:\(|at )((?:file:\/\/)?[^()]+?):(\d+):(\d+)\)?$/;

/**
 * Captures the call into `entry`, without the frames above it.
 * @param entry the function or class that the user called
 */
export function capture(entry: (...args: never[]) => unknown): Capture {
  const holder: Capture = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(holder, entry);
  Error.stackTraceLimit = limit;
  return holder;
}

/** The first place outside of Lightfleet, its libraries and Node; undefined where there is none. */
export function locate(captured: Capture, from = process.cwd()): SourceLocation | undefined {
  const { value } = placesOf(captured, from).next();
  return value ?? undefined;
}

/** The same, with the calls of the program that led there, from the inside out. */
export function trace(captured: Capture, from = process.cwd()): SourceLocation | undefined {
  const [first, ...callers] = placesOf(captured, from);
  return first === undefined || callers.length === 0 ? first : { ...first, callers: callers.slice(0, CALLERS) };
}

/** The frames of the program, from the inside out. */
function* placesOf({ stack }: Capture, from: string): Generator<SourceLocation, undefined> {
  let found = false;
  for (const line of stack?.split("\n") ?? []) {
    const [, where = "", row, column] = FRAME.exec(line.trim()) ?? [];
    // What loads the program is below Node's own loader, and no part of it.
    if (found && (where.startsWith("node:") || /^at async /.test(line.trim()))) return undefined;
    const file = where.startsWith("file://") ? fileURLToPath(where) : where;
    if (!file.startsWith("/") && !/^[A-Z]:\\/.test(file)) continue;
    if (isOurs(file) || file.includes(`${sep}node_modules${sep}`)) continue;
    found = true;
    yield { file: shorten(file, from), line: Number(row), column: Number(column) };
  }
  return undefined;
}

/** Built, all of Lightfleet is one file; from source, it is the folders beside this one. */
const OWN_FILE = fileURLToPath(import.meta.url);
const OWN_FOLDERS = ["constructs", "model", `stacks${sep}aws`, "providers"].map(
  (folder) => `${dirname(dirname(OWN_FILE))}${sep}${folder}${sep}`,
);

function isOurs(file: string): boolean {
  return file === OWN_FILE || OWN_FOLDERS.some((folder) => file.startsWith(folder));
}

function shorten(file: string, from: string): string {
  const short = relative(from, file);
  return short.startsWith("..") ? file : short;
}
