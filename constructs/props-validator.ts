import type { IConstruct } from "constructs";
import { within, type Limit } from "../model/limits/limit.js";
import { sortedRecord } from "../model/order.js";
import { tryParseDuration, tryParseMemory, UNIT_EXAMPLES } from "../model/units.js";
import type { ProgramErrorCode } from "../errors/catalog.js";
import { report } from "./diagnostics.js";
import type { Shape } from "./shape.js";
import { entryOf, showValue } from "./show.js";
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

  refuse(code: ProgramErrorCode, message: string, hint?: string): void {
    report(this.construct, this.at, code, message, hint);
  }

  /** The same border for what another call of the program hands over. */
  of(at: Capture): Border {
    return new Border(this.construct, at);
  }

  /** Takes the options of a construct: what is of another kind than its shape is reported and left out, others stay as they are. */
  read<T extends object>(shape: Shape, options: T, prop = ""): Partial<T> {
    const given: unknown = options;
    if (given === undefined)
      this.refuse("LF025", prop === "" ? "the options are undefined" : `the options of '${prop}' are undefined`);
    const read = given === undefined ? undefined : shape(given, prop, this);
    return (read ?? {}) as Partial<T>;
  }

  /** Notes what is undefined where a value has to be. */
  refuseUndefined(prop: string): undefined {
    this.refuse(
      "LF025",
      `'${prop}' is undefined`,
      "is a variable of the environment not set? leave out what is not to be set",
    );
  }

  /** Notes a value of another kind than is needed. @param allowed as in `a text` */
  refuseType(prop: string, value: unknown, allowed: string, hint?: string): void {
    this.refuse("LF026", `'${prop}' (${showValue(value)}) must be ${allowed}`, hint);
  }

  /** Notes a value that only Terraform knows, where the model has a plain one. */
  refuseToken(
    prop: string,
    hint = "tokens may stand in image, args, env, files, the host of external() and certificate",
  ): void {
    this.refuse("LF022", `'${prop}' holds a value that only Terraform knows`, hint);
  }

  /** Notes an address of something that is used where no value of a service is. */
  refuseAddress(prop: string, text: string): void {
    this.refuse(
      "LF077",
      `'${prop}' (${showValue(text)}) holds an address, which is for values of a service: env, args, files and health commands`,
      "write the text itself; 'name' is the name of a service",
    );
  }

  /** Refuses what is beyond a limit. @param value what is counted */
  limit(prop: string, limit: Limit, value: number, hint?: string): boolean {
    if (within(limit, value)) return true;
    const { min, max, unit, of } = limit;
    const range = min === undefined || value > max ? `${amount(max)} at most` : `${amount(min)} at least`;
    this.refuse("LF028", `'${prop}' (${amount(value)} ${unit}) must have ${range}: it is ${of}`, hint);
    return false;
  }

  /** Memory in MiB; undefined where it is refused. */
  memoryMiB(prop: string, text: string, limit?: Limit): number | undefined {
    const mib = this.unit(prop, text, tryParseMemory(text), UNIT_EXAMPLES.memory);
    if (mib === undefined || limit === undefined || within(limit, mib)) return mib;
    const { min = 0, max } = limit;
    const range = mib < min ? `${min} MiB or more` : `${amount(max)} MiB or less`;
    this.refuse("LF004", `'${prop}' (${showValue(text)}) must be ${range}`);
    return undefined;
  }

  /** A duration in milliseconds. */
  durationMs(prop: string, text: string, { min = 0, max }: Limit): number {
    const span = this.unit(prop, text, tryParseDuration(text), UNIT_EXAMPLES.duration);
    if (span === undefined || (span >= min && span <= max)) return span ?? min;
    const range = span < min ? `${min} ms or more` : `${amount(max)} ms or less`;
    this.refuse("LF004", `'${prop}' (${showValue(text)}) must be ${range}`);
    return min;
  }

  /** CPUs to thousandths of one; undefined where they are refused. @param zero whether none at all is taken too */
  cpuMilli(prop: string, cpus: number, { min, max }: Limit, zero = false): number | undefined {
    const milli = Math.round(cpus * 1000);
    const exact = Number.isFinite(cpus) && Math.abs(milli - cpus * 1000) < 1e-6 * Math.max(1, Math.abs(cpus));
    if (exact && ((zero && milli === 0) || (cpus >= (min ?? 0) - 1e-9 && cpus <= max))) return milli;
    const least = zero ? `0, or ${min ?? 0} or more` : `${min ?? 0} or more`;
    this.refuse("LF004", `'${prop}' (${cpus}) must be a number of CPUs, ${least}, in thousandths, as in 0.25`);
    return undefined;
  }

  integer(prop: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): number {
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${amount(max)}`;
    this.refuse("LF004", `'${prop}' (${value}) must be a whole number, ${range}`);
    return min;
  }

  /** A whole number within a limit. */
  count(prop: string, value: number, { min = 0, max }: Limit): number {
    return this.integer(prop, value, min, max);
  }

  share(prop: string, value: number): number {
    if (value >= 0 && value <= 1) return value;
    this.refuse("LF004", `'${prop}' (${value}) must be a share from 0 to 1`);
    return 0;
  }

  text(prop: string, value: string, shape: RegExp, allowed: string): string {
    if (!shape.test(value)) this.refuse("LF018", `'${prop}' (${showValue(value)}) must be ${allowed}`);
    return value;
  }

  /** Tags, as every service of AWS takes them (AWS's tagging guide), without the names that are AWS's and Lightfleet's own. */
  tags(record: Readonly<Record<string, string>>): Record<string, string> {
    for (const [key, value] of Object.entries(record)) {
      if (/^(aws|lightfleet):/i.test(key) || !TAG_KEY.test(key))
        this.refuse(
          "LF018",
          `'tags' holds the key ${showValue(key)}, which must be 1 to 128 letters, digits, spaces or any of _.:/=+-@, and not start with "aws:" or "lightfleet:"`,
        );
      if (!TAG_VALUE.test(value))
        this.refuse(
          "LF018",
          `'tags.${key}' (${showValue(value)}) must be up to 256 letters, digits, spaces or any of _.:/=+-@`,
        );
    }
    return sortedRecord(record);
  }

  /** Kernel parameters: keys of a shape, and values of one. */
  sysctl(
    prop: string,
    record: Readonly<Record<string, string | number>>,
    shape: RegExp,
    allowed: string,
    values: { readonly shape: RegExp; readonly allowed: string },
  ): Record<string, string> {
    this.keys(prop, record, shape, allowed);
    for (const [key, value] of Object.entries(record))
      this.text(entryOf(prop, key), String(value), values.shape, values.allowed);
    return sortedRecord(Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)])));
  }

  /** Refuses keys of a map that do not have a shape. */
  keys<T>(prop: string, record: Readonly<Record<string, T>>, shape: RegExp, allowed: string): void {
    for (const key of Object.keys(record))
      if (!shape.test(key)) this.refuse("LF018", `'${prop}' has the key ${showValue(key)}, which must be ${allowed}`);
  }

  private unit(prop: string, text: string, parsed: number | undefined, allowed: string): number | undefined {
    if (parsed === undefined) this.refuse("LF003", `'${prop}' (${showValue(text)}) must be ${allowed}`);
    return parsed;
  }
}

const amount = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 3 });
