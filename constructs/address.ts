import { randomBytes } from "node:crypto";
import type { External } from "./external.js";
import type { Service } from "./service.js";
import { capture, type Capture } from "./source.js";
import { TOKEN_MARK } from "./tokens.js";

/** An address of something that services use, as it stands in a text until the model is read. */
export interface Address {
  readonly of: Service | External;
  readonly part: "address" | "host" | "port";
  /** Number or name of a port. @default the only one */
  readonly port?: number | string;
  /** Where the program took it. */
  readonly at: Capture;
}

/**
 * A stand-in is a text between two noncharacters, which Unicode keeps for uses like this one (Unicode Standard 23.7), with its number
 * behind a number of this process in digits that are noncharacters too: every piece of it, or of what encodes it, is found out.
 */
const [BEGIN, END, ZERO] = ["\ufdd0", "\ufdd1", 0xfdd2];
const MARKS = /[\ufdd0-\ufdef]/;
const STAND_IN = /\ufdd0[^\ufdd0\ufdd1]*\ufdd1/g;
const digits = (hex: string): string =>
  [...hex].map((digit) => String.fromCharCode(ZERO + Number.parseInt(digit, 16))).join("");
const START = BEGIN + digits(randomBytes(6).toString("hex"));

const made = new Map<string, Address>();

/** A text that stands for an address. @param shown what it comes to, as far as that is known: it shows in errors, and in debuggers */
export function standIn(address: Omit<Address, "at">, shown: string): string {
  const text = `${START}${digits(made.size.toString(16))}${shown.includes(TOKEN_MARK) ? address.part : shown}${END}`;
  made.set(text, { ...address, at: capture(standIn as (...args: never[]) => unknown) });
  return text;
}

/** Whether a text has an address in it, or a piece of one. */
export const holdsAddress = (text: string): boolean => made.size > 0 && (MARKS.test(text) || isEncoded(text));

/** Whether a text has a piece of an address in it, or an encoded one: what it comes to is not known. */
export const holdsPiece = (text: string): boolean =>
  made.size > 0 &&
  (MARKS.test(text.replaceAll(STAND_IN, (found) => (made.has(found) ? "" : found))) || isEncoded(text));

/** The first address in a text, or in a text that it was encoded into. */
export function firstAddress(text: string): Address | undefined {
  for (const [found] of text.matchAll(STAND_IN)) if (made.has(found)) return made.get(found);
  return undefined;
}

/** A text with each address in it replaced. */
export const replaceAddresses = (text: string, replace: (address: Address) => string): string =>
  made.size === 0
    ? text
    : text.replaceAll(STAND_IN, (found) => {
        const address = made.get(found);
        return address === undefined ? found : replace(address);
      });

/** A text without the marks of addresses, for people. */
export const withoutMarks = (text: string): string => (made.size === 0 ? text : text.replace(/[\ufdd0-\ufdef]+/g, ""));

/** What the start of each stand-in is where it was encoded: in URLs, in JSON without other letters, hexadecimal, Base64 at each of its offsets. */
const encoded: readonly string[] = encodings(START);

const isEncoded = (text: string): boolean => encoded.some((piece) => text.includes(piece));

function encodings(start: string): string[] {
  const bytes = Buffer.from(start);
  const escaped = [...start].map((sign) => String.raw`\u${sign.charCodeAt(0).toString(16)}`).join("");
  const base64 = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6)];
    return (["base64", "base64url"] as const).map((as) => padded.toString(as).slice(from, to));
  });
  return [
    encodeURIComponent(start),
    escaped,
    escaped.toUpperCase().replaceAll("\\U", "\\u"),
    bytes.toString("hex"),
    ...base64,
  ];
}
