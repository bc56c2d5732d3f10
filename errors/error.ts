import type { ErrorCode, ErrorKind } from "./catalog.js";

export type { ErrorCode, ErrorKind } from "./catalog.js";

/** A place in the user's program. `line` and `column` count from 1; `file` is relative to the project where it can be. */
export interface SourceLocation {
  /** Path of the file. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
  /** The calls that led there, from the inside out, where the place lies within a function of the program. @default none */
  readonly callers?: readonly Omit<SourceLocation, "callers">[];
}

/** One thing that is wrong with a program. `message` is lower case, without a full stop, and without path or code. */
export interface Finding {
  /** Permanent code, as in `LF012`. */
  readonly code: string;
  /** What is wrong, the value received, and what is allowed. */
  readonly message: string;
  /** Path of the construct, as in `shop/core`. */
  readonly path?: string;
  /** Where the program says it. */
  readonly source?: SourceLocation;
  /** What to do about it. */
  readonly hint?: string;
}

export interface ErrorDetails {
  /** Permanent code, as in `LF012`: what tests and searches hold on to. Only those of the catalogue compile. */
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  /** What to do about it, as one sentence. */
  readonly hint?: string;
  /** All that was found wrong, where it is more than the message alone. */
  readonly findings?: readonly Finding[];
  readonly cause?: unknown;
  /** Where work on several clusters ended in between: those that are done. */
  readonly done?: DoneBefore;
}

/** What was done of several clusters before an error. */
export interface DoneBefore {
  /** Their results, as the command would have given them. */
  readonly clusters: readonly unknown[];
  /** The same in words, and which clusters were not begun; absent where none is done. */
  readonly text?: string;
}

const BRAND = Symbol.for("lightfleet/error");

/** The one error class of Lightfleet. Two copies of the library recognize each other's errors by brand. */
export class LightfleetError extends Error {
  /** Permanent code, as in `LF040`. */
  readonly code: ErrorCode;
  /** By whose doing it went wrong. */
  readonly kind: ErrorKind;
  /** What to do about it, as one sentence. */
  readonly hint?: string;
  /** All that was found wrong, where it is more than the message alone. */
  readonly findings: readonly Finding[];
  /** Where work on several clusters ended in between: those that are done. */
  readonly done?: DoneBefore;

  /** Whether a value that was thrown is an error of Lightfleet, of whichever copy of it. */
  static is(value: unknown): value is LightfleetError {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "LightfleetError";
    this.code = details.code;
    this.kind = details.kind;
    if (details.hint !== undefined) this.hint = details.hint;
    this.findings = details.findings ?? [];
    if (details.done !== undefined) this.done = details.done;
    Object.defineProperty(this, BRAND, { value: true });
  }
}
