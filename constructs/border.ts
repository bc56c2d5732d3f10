import type { IConstruct } from "constructs";
import { tryParseDuration, tryParseMemory, UNIT_EXAMPLES } from "../model/units.js";
import type { ProblemCode } from "./codes.js";
import { report } from "./problems.js";
import type { Capture } from "./source.js";

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

  memoryMiB(prop: string, text: string): number {
    return this.unit(prop, text, tryParseMemory(text), UNIT_EXAMPLES.memory);
  }

  durationMs(prop: string, text: string): number {
    return this.unit(prop, text, tryParseDuration(text), UNIT_EXAMPLES.duration);
  }

  /** CPUs to thousandths of one. */
  cpuMilli(prop: string, cpus: number): number {
    const milli = Math.round(cpus * 1000);
    if (Number.isFinite(cpus) && milli >= 0 && Math.abs(milli - cpus * 1000) < 1e-6) return milli;
    this.refuse("LF004", `'${prop}' (${cpus}) must be a number of CPUs in thousandths, as in 0.25`);
    return 0;
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

  /** Refuses keys of a map that do not have a shape. */
  keys<T>(prop: string, record: Readonly<Record<string, T>>, shape: RegExp, allowed: string): void {
    for (const key of Object.keys(record)) this.text(`${prop}.${key}`, key, shape, allowed);
  }

  private unit(prop: string, text: string, parsed: number | undefined, allowed: string): number {
    if (parsed === undefined) this.refuse("LF003", `'${prop}' (${JSON.stringify(text)}) must be ${allowed}`);
    return parsed ?? 1;
  }
}
