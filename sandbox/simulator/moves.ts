import type { Document } from "./document.js";

/** A resource that has another address than before. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The block that an address is of: `aws_eip.nat` of `aws_eip.nat[0]`. */
export const blockOf = (address: string): string => address.replace(/\[.*$/s, "");

/**
 * Renames what `moved` blocks say, and what gets or loses a `count`.
 * @param objects what there is, by address: it is changed
 * @returns old addresses by the new ones
 */
export function move<T>(objects: Map<string, T>, { moved, declared, repeated }: Document): Map<string, string> {
  const moves = new Map<string, string>();
  const rename = (from: string, to: string): boolean => {
    const object = objects.get(from);
    if (object === undefined || objects.has(to)) return false;
    objects.delete(from);
    objects.set(to, object);
    moves.set(to, moves.get(from) ?? from);
    moves.delete(from);
    return true;
  };
  const pass = (): boolean =>
    moved
      .flatMap(({ from, to }) =>
        [...objects.keys()]
          .filter((address) => address === from || address.startsWith(`${from}[`))
          .map((address) => rename(address, to + address.slice(from.length))),
      )
      .includes(true);
  // Blocks stand in any order, and one may go on where another ends; a circle, which the engine refuses, ends here.
  for (let passes = 0; passes < moved.length && pass(); passes++);
  for (const address of [...objects.keys()]) {
    const block = blockOf(address);
    if (address === block && repeated.get(block)?.list) rename(address, `${block}[0]`);
    else if (address === `${block}[0]` && declared.has(block)) rename(address, block);
  }
  return moves;
}

/** Where `moved` blocks lead in the end: one may go on where another ends. */
export function destinations(moved: readonly Move[]): Map<string, string> {
  const next = new Map(moved.map(({ from, to }) => [from, to]));
  const last = (from: string, steps = moved.length): string => {
    const to = next.get(from);
    return to === undefined || steps === 0 ? from : last(to, steps - 1);
  };
  return new Map(moved.map(({ from }) => [from, last(from)]));
}

/** An address at the head of a reference: `aws_eip.nat`, with an index where it has one. */
const ADDRESS = /(?<![\w."$-])((?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*)(\[(?:\d+|"[^"\]]*")\])?/g;
const SEQUENCE = /(?<!\$)\$\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/g;

/** An expression with what was moved under its new name: what it means is the same. */
export function renameReferences(expression: string, moves: readonly Move[]): string {
  if (moves.length === 0) return expression;
  const to = new Map(moves.map((one) => [one.from, one.to]));
  return expression.replace(ADDRESS, (whole, block: string, index: string | undefined = "") => {
    const moved = to.get(block);
    return to.get(whole) ?? (moved === undefined ? whole : moved + index);
  });
}

/** The same for a text with `${…}` in it: all around those stays as it is. */
export const renameInTemplate = (template: string, moves: readonly Move[]): string =>
  moves.length === 0 ? template : template.replace(SEQUENCE, (sequence) => renameReferences(sequence, moves));
