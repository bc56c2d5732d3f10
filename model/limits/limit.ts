/** A limit that something outside of Lightfleet puts on a value, with the place that says so. */
export interface Limit {
  /** The least that is taken. */
  readonly min?: number;
  /** The most that is taken. */
  readonly max: number;
  /** What is counted, as in "characters". */
  readonly unit: string;
  /** What it applies to. */
  readonly of: string;
  /** Where it is written: a source file, a page, or what was measured on Docker 20.10 and 28. */
  readonly source: string;
}

/** Whether a number is within a limit. */
export const within = ({ min = 0, max }: Limit, value: number): boolean => value >= min && value <= max;

/** Bytes of a text in UTF-8, without encoding it. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A pair of surrogates is four bytes for two units, so that each of them adds one.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
