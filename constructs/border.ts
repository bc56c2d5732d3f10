import type { IConstruct } from "constructs";
import { sortedRecord } from "../model/order.js";
import { tryParseDuration, tryParseMemory, UNIT_EXAMPLES } from "../model/units.js";
import type { ProblemCode } from "./codes.js";
import { report } from "./problems.js";
import type { Capture } from "./source.js";

const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/**
 * Where a user's values become the model's. A value that cannot be taken is reported with the name of its prop, and
 * replaced by something harmless, so that reading goes on.
 */
export class Border {
  constructor(
    private readonly construct: IConstruct,
    private readonly at: Capture,
  ) {}

  refuse(code: ProblemCode, message: string, hint?: string): void {
    report(this.construct, this.at, code, message, hint);
  }

  /** Memory in MiB; undefined where it is refused. */
  memoryMiB(prop: string, text: string): number | undefined {
    return this.unit(prop, text, tryParseMemory(text), UNIT_EXAMPLES.memory);
  }

  /** A duration in milliseconds. @param least the shortest that is taken, in milliseconds */
  durationMs(prop: string, text: string, least = 0): number {
    const span = this.unit(prop, text, tryParseDuration(text), UNIT_EXAMPLES.duration);
    if (span === undefined || span >= least) return span ?? least;
    this.refuse("LF004", `'${prop}' (${JSON.stringify(text)}) must be ${least} ms or more`);
    return least;
  }

  /** CPUs to thousandths of one; undefined where they are refused. @param least in thousandths */
  cpuMilli(prop: string, cpus: number, least = 0): number | undefined {
    const milli = Math.round(cpus * 1000);
    if (Number.isFinite(cpus) && milli >= least && Math.abs(milli - cpus * 1000) < 1e-6) return milli;
    const more = least > 0 ? "more than 0, " : "";
    this.refuse("LF004", `'${prop}' (${cpus}) must be a number of CPUs, ${more}in thousandths, as in 0.25`);
    return undefined;
  }

  integer(prop: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): number {
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
    this.refuse("LF004", `'${prop}' (${value}) must be a whole number, ${range}`);
    return min;
  }

  share(prop: string, value: number): number {
    if (value >= 0 && value <= 1) return value;
    this.refuse("LF004", `'${prop}' (${value}) must be a share from 0 to 1`);
    return 0;
  }

  text(prop: string, value: string, shape: RegExp, allowed: string): string {
    if (!shape.test(value)) this.refuse("LF018", `'${prop}' (${JSON.stringify(value)}) must be ${allowed}`);
    return value;
  }

  /** Tags, as every service of AWS takes them (AWS's tagging guide), without the names that are AWS's and Lightfleet's own. */
  tags(record: Readonly<Record<string, string>>): Record<string, string> {
    for (const [key, value] of Object.entries(record)) {
      if (/^(aws|lightfleet):/i.test(key) || !TAG_KEY.test(key))
        this.refuse(
          "LF018",
          `'tags' holds the key ${JSON.stringify(key)}, which must be 1 to 128 letters, digits, spaces or any of _.:/=+-@, and not start with "aws:" or "lightfleet:"`,
        );
      if (!TAG_VALUE.test(value))
        this.refuse(
          "LF018",
          `'tags.${key}' (${JSON.stringify(value)}) must be up to 256 letters, digits, spaces or any of _.:/=+-@`,
        );
    }
    return sortedRecord(record);
  }

  /** Refuses cdktf tokens where the model has plain text; what may hold one has become a template already. */
  plain(part: unknown, prop = ""): void {
    if (!holdsToken(part)) return;
    if (typeof part === "string")
      this.refuse(
        "LF022",
        `'${prop}' holds a value that only Terraform knows`,
        "tokens may stand in image, args, env, files, the host of external() and certificate",
      );
    else if (typeof part === "object" && part !== null)
      for (const [key, value] of Object.entries(part)) this.plain(value, prop === "" ? key : `${prop}.${key}`);
  }

  /** Kernel parameters: keys of a shape, values of one line. */
  sysctl(
    prop: string,
    record: Readonly<Record<string, string | number>>,
    shape: RegExp,
    allowed: string,
  ): Record<string, string> {
    this.keys(prop, record, shape, allowed);
    for (const [key, value] of Object.entries(record))
      this.text(`${prop}.${key}`, String(value), /^[\x20-\x7e\t]*$/, "of one line");
    return sortedRecord(Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)])));
  }

  /** Refuses keys of a map that do not have a shape. */
  keys<T>(prop: string, record: Readonly<Record<string, T>>, shape: RegExp, allowed: string): void {
    for (const key of Object.keys(record)) this.text(`${prop}.${key}`, key, shape, allowed);
  }

  private unit(prop: string, text: string, parsed: number | undefined, allowed: string): number | undefined {
    if (parsed === undefined) this.refuse("LF003", `'${prop}' (${JSON.stringify(text)}) must be ${allowed}`);
    return parsed;
  }
}

function holdsToken(part: unknown): boolean {
  if (typeof part === "string") return part.includes("{TfToken[");
  return typeof part === "object" && part !== null && Object.values(part).some(holdsToken);
}
